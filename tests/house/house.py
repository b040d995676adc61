"""What the house-rule tests share: where things are, and how to read them."""

import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("CFEE_BUILD") or ROOT / "build").resolve()
BINARY = BUILD / "bin" / "kubectl-cfee-stager"


def cache_folder(name):
    """A folder of ours below the user's cache; a relative XDG_CACHE_HOME does not count."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    base = pathlib.Path(base) if base.startswith("/") else pathlib.Path.home() / ".cache"
    folder = base / "cfee-stager" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _git_files(*flags):
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z", *flags]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted({name for name in listing.split("\0") if name})


def tracked_files():
    return _git_files()


def project_files():
    """Tracked, or new and not ignored: what is about to be committed obeys the rules too."""
    return [name for name in _git_files("--cached", "--others", "--exclude-standard") if (ROOT / name).is_file()]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def is_cpp(name):
    return name.endswith((".cpp", ".hpp"))


def non_test_cpp():
    return [name for name in project_files() if is_cpp(name) and name.startswith(("lib/", "plugin/"))]


def first_line(name):
    with open(ROOT / name, "rb") as file:
        return file.readline(200).decode("utf-8", "replace").rstrip("\n")


def project_includes(text):
    """Line number and path of each include with quotation marks."""
    return [
        (number, match.group(1))
        for number, line in enumerate(text.splitlines(), 1)
        if (match := re.match(r'\s*#\s*include\s*"([^"]+)"', line))
    ]


def run(*command, **options):
    options = {"capture_output": True, "text": True, "timeout": 1200, **options}
    return subprocess.run([str(word) for word in command], **options)  # pylint: disable=subprocess-run-check
