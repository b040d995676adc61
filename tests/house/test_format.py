"""Sources look as .clang-format says, and scripts at least parse."""

import re
import shutil

import pytest

import house

CLANG_FORMAT = shutil.which("clang-format-14") or shutil.which("clang-format")
FILES = house.project_files()


def interpreter(name):
    match = re.match(r"#!\s*(?:\S*/env\s+)?(\S+)", house.first_line(name))
    return match.group(1).split("/")[-1] if match else ""


CPP = [name for name in FILES if house.is_cpp(name)]
BASH = [name for name in FILES if interpreter(name) == "bash"]
# What has no first line of its own is sent to a pod, whose shell may be any.
POSIX = [name for name in FILES if interpreter(name) == "sh" or (name.endswith(".sh") and not interpreter(name))]
PYTHON = [name for name in FILES if name.endswith(".py") or interpreter(name).startswith("python")]


def clang_format_complaints(*paths):
    """One call for all of them: they take a second, so many calls would take ten."""
    result = house.run(CLANG_FORMAT, "--dry-run", "-Werror", "--style=file", *paths)
    return result.stderr if result.returncode else ""


def python_complaints(text, name):
    try:
        compile(text, name, "exec")
    except SyntaxError as error:
        return str(error)
    return ""


def test_clang_format_is_the_agreed_one():
    assert CLANG_FORMAT, "clang-format 14 is missing (Debian: clang-format-14)"
    assert re.search(r"version 14\.", house.run(CLANG_FORMAT, "--version").stdout)


def test_cpp_is_formatted():
    complaints = clang_format_complaints(*(house.ROOT / name for name in CPP))
    lines = [line.replace(f"{house.ROOT}/", "") for line in complaints.splitlines() if "error:" in line]
    names = sorted({line.split(":")[0] for line in lines})
    assert not complaints, f"{len(lines)} places; this mends them: clang-format-14 -i {' '.join(names)}\n{complaints if not lines else ''}"


@pytest.mark.parametrize("name", BASH)
def test_bash_parses(name):
    assert house.run("bash", "-n", house.ROOT / name).stderr == ""


@pytest.mark.parametrize("name", POSIX)
def test_sh_parses(name):
    # Pieces that are sourced by bash alone are bash's.
    shells = ["bash"] if name.startswith("tests/") else ["dash", "bash"]
    for shell in shells:
        if shutil.which(shell):
            assert house.run(shell, "-n", house.ROOT / name).stderr == ""


@pytest.mark.parametrize("name", PYTHON)
def test_python_compiles(name):
    assert python_complaints(house.read(name), name) == ""


def test_there_is_something_to_look_at():
    assert len(CPP) > 50 and "krew/pack" in BASH and "tests/house/house.py" in PYTHON


def test_rules_can_fail(tmp_path):
    shutil.copy(house.ROOT / ".clang-format", tmp_path)
    ugly = tmp_path / "ugly.cpp"
    ugly.write_text("int  main( ){return 0 ;}\n")
    fine = tmp_path / "fine.cpp"
    fine.write_text("int nothing();\n")
    assert not clang_format_complaints(fine) and "ugly.cpp" in clang_format_complaints(fine, ugly, fine)
    script = tmp_path / "script"
    script.write_text("#!/bin/bash\nif true; then\n")
    assert house.run("bash", "-n", script).stderr
    assert python_complaints("def f(:\n", "f.py")
