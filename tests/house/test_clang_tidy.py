"""clang-tidy 14 has nothing to say. What it said is kept in the cache, under a hash of all that it read of ours,
so that only what has changed costs time; and what has changed comes first, so that what is wrong with it is known first."""

import concurrent.futures
import hashlib
import json
import re
import shutil

import pytest

import house

CLANG_TIDY = shutil.which("clang-tidy-14") or shutil.which("clang-tidy")


def changed():
    """What differs from where this branch left main, or on main from the commit before."""
    def git(*words):
        return house.run("git", "-c", f"safe.directory={house.ROOT}", "-C", house.ROOT, *words).stdout.strip()
    head = git("rev-parse", "HEAD")
    bases = [base for base in (git("merge-base", "HEAD", branch) for branch in ("origin/main", "main")) if base and base != head]
    return set(git("diff", "--name-only", bases[0] if bases else "HEAD~1", "--").splitlines())


CHANGED = changed()
SOURCES = sorted((name for name in house.non_test_cpp() if name.endswith(".cpp")), key=lambda name: (name not in CHANGED, name))
AT_A_TIME = 2


class Tidy:
    def __init__(self, build):
        assert CLANG_TIDY, "clang-tidy 14 is missing (Debian: clang-tidy-14)"
        self.version = house.run(CLANG_TIDY, "--version").stdout
        assert re.search(r"version 14\.", self.version)
        self.build = build
        self.cache = house.cache_folder("clang-tidy")
        database = build / "compile_commands.json"
        assert database.is_file(), f"{database} is missing: configure with CMAKE_EXPORT_COMPILE_COMMANDS"
        self.commands = {entry["file"]: entry["command"] for entry in json.loads(database.read_text())}

    def headers_of(self, path):
        """All of our headers that a file includes, directly or not; generated ones lie in the build folder."""
        seen, waiting = set(), [path]
        while waiting:
            for _, header in house.project_includes(waiting.pop().read_text(encoding="utf-8")):
                for base in (house.ROOT, self.build):
                    candidate = base / header
                    if candidate.is_file() and candidate not in seen:
                        seen.add(candidate)
                        waiting.append(candidate)
        return sorted(seen)

    def key(self, name):
        path = house.ROOT / name
        digest = hashlib.sha256()
        command = self.commands[str(path)].replace(str(self.build), "BUILD").replace(str(house.ROOT), "ROOT")
        for piece in (self.version, command, name, house.read(".clang-tidy")):
            digest.update(piece.encode() + b"\0")
        for file in [path, *self.headers_of(path)]:
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def complaints(self, name):
        if str(house.ROOT / name) not in self.commands:
            return f"{name} is not in compile_commands.json: build again, it may be new"
        key = self.key(name)
        kept = self.cache / key
        if kept.is_file():
            return kept.read_text(encoding="utf-8")
        result = house.run(CLANG_TIDY, "--quiet", "--extra-arg=-Wno-unknown-warning-option", "-p", self.build, house.ROOT / name)
        said = "" if result.returncode == 0 else result.stdout.replace(f"{house.ROOT}/", "") or result.stderr
        if key == self.key(name):  # nobody changed anything meanwhile
            scratch = kept.with_suffix(".new")
            scratch.write_text(said, encoding="utf-8")
            scratch.replace(kept)
        return said


@pytest.fixture(scope="session")
def complaints(request, build):
    """Of each file that is to be looked at in this run, when it is known; some are asked at a time, in the tests' order."""
    tidy = Tidy(build)
    wanted = [item.callspec.params["name"] for item in request.session.items if "name" in getattr(getattr(item, "callspec", None), "params", {})]
    wanted = [name for name in SOURCES if name in wanted]
    with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
        yield {name: pool.submit(tidy.complaints, name) for name in wanted}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", SOURCES)
def test_clang_tidy_is_content(complaints, name):
    said = complaints[name].result()
    found = [line for line in said.splitlines() if re.search(r"(error|warning):", line)]
    assert not said, f"{len(found)} findings\n" + "\n".join(found or [said])


def test_key_follows_content_and_headers(build, tmp_path, monkeypatch):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.cpp").write_text('#include "lib/a.hpp"\n')
    (tmp_path / "lib" / "a.hpp").write_text("int a();\n")
    (tmp_path / ".clang-tidy").write_text("Checks: '*'\n")
    tidy = Tidy(build)
    monkeypatch.setattr(house, "ROOT", tmp_path)
    tidy.commands[str(tmp_path / "lib/a.cpp")] = "g++ a.cpp"
    keys = [tidy.key("lib/a.cpp")]
    (tmp_path / "lib" / "a.hpp").write_text("long a();\n")
    keys.append(tidy.key("lib/a.cpp"))
    (tmp_path / ".clang-tidy").write_text("Checks: 'misc-*'\n")
    keys.append(tidy.key("lib/a.cpp"))
    tidy.commands[str(tmp_path / "lib/a.cpp")] = "g++ -O2 a.cpp"
    keys.append(tidy.key("lib/a.cpp"))
    assert len(set(keys)) == len(keys)


def test_clang_tidy_can_find_something(tmp_path):
    """With our configuration: a file that breaks one of its rules."""
    shutil.copy(house.ROOT / ".clang-tidy", tmp_path)
    source = tmp_path / "ugly.cpp"
    source.write_text("int* nothing() { return 0; }\n")
    result = house.run(CLANG_TIDY, "--quiet", source, "--", "-std=c++20")
    assert result.returncode != 0 and "modernize-use-nullptr" in result.stdout
