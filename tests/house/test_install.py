"""`cmake --install` puts the program where kubectl finds it, and the manual pages where man does."""

import os
import stat

import pytest

import house


@pytest.fixture(scope="module")
def prefix(build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("prefix")
    result = house.run("cmake", "--install", build, "--prefix", folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.parametrize("name", ["kubectl-cfee_stager", "kubectl-cfee-stager"])
def test_program_is_there_by_both_names(prefix, name):
    program = prefix / "bin" / name
    assert program.is_file() and not program.is_symlink()
    assert stat.S_IMODE(os.stat(program).st_mode) & 0o111 == 0o111
    result = house.run(program, "version")
    assert result.returncode == 0 and "kubectl cfee-stager" in result.stdout


def test_nothing_else_is_in_bin(prefix):
    assert sorted(os.listdir(prefix / "bin")) == ["kubectl-cfee-stager", "kubectl-cfee_stager"]


def test_all_manual_pages_are_there(prefix):
    wanted = {f"man{page.suffix[1:]}/{page.name}": page.read_bytes() for page in (house.ROOT / "man").iterdir()}
    installed = prefix / "share" / "man"
    found = {str(page.relative_to(installed)): page.read_bytes() for page in installed.glob("*/*")}
    assert found.keys() == wanted.keys(), "build again: CMake has not seen all pages yet"
    assert found == wanted
