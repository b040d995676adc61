"""in_pod/supervision.sh: is there a process of the BBS, is its other port open, and what does monit say of it?"""
import os
import pathlib

import pytest

import pieces
import test_in_pod_scripts as in_pod

places = in_pod.fixture_places
SHELLS = ("dash", "bash", "busybox")
SUMMARY = "The Monit daemon 5.2.5 uptime: 8h 32m\n\nProcess 'bbs'                       Does not exist\nProcess 'locket'                    running\n"


def ask(root, shell_name="dash", monit=None, on_path=None, limit="2"):
    """`monit` is a script at BOSH's own place, `on_path` one where programs are found."""
    path = in_pod.path_of(root, nc="nc.openbsd", busybox=shell_name == "busybox")
    for text, place in ((monit, root / "bosh/bin/monit"), (on_path, pathlib.Path(path, "monit"))):
        if text:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
            place.chmod(0o755)
    script = pieces.sent("supervision_script").replace("/proc/", f"{root}/proc/")
    parts, _, took, _ = in_pod.run(script, root, [f"limit={limit}"], shell_name, path, timeout=30)
    assert took < 6
    assert "done" in parts
    return parts


def process(root, number, name, state="S"):
    folder = root / f"proc/{number}"
    folder.mkdir(parents=True)
    (folder / "stat").write_text(f"{number} ({name}) {state} 1 1 1 0 -1 4194560 4711 0\n", encoding="utf-8")


def cat(text):
    return f"[ \"$*\" = summary ] || exit 9\ncat <<'E'\n{text}E\n"


@pytest.mark.parametrize("shell_name", SHELLS)
def test_monit_is_asked_for_its_summary_and_nothing_else(shell_name, tmp_path):
    process(tmp_path, 1, "dumb-init")
    said = ask(tmp_path, shell_name, monit=cat(SUMMARY), on_path="echo the wrong one")
    assert said["monit"] == ("0", SUMMARY.rstrip("\n"))


def test_monit_may_stand_on_the_path(tmp_path):
    assert ask(tmp_path, on_path=cat(SUMMARY))["monit"] == ("0", SUMMARY.rstrip("\n"))


@pytest.mark.parametrize("shell_name", SHELLS)
def test_there_may_be_no_monit(shell_name, tmp_path):
    assert ask(tmp_path, shell_name)["monit"][0] == "127"


def test_a_monit_that_does_not_answer_is_not_waited_for(tmp_path):
    assert ask(tmp_path, monit="exec sleep 30\n", limit="1")["monit"][0] == "137"


def test_a_monit_without_a_daemon(tmp_path):
    assert ask(tmp_path, monit="echo 'monit: error connecting to the monit daemon' >&2\nexit 1\n")["monit"] == ("1", "monit: error connecting to the monit daemon")


@pytest.mark.parametrize("shell_name", SHELLS)
@pytest.mark.parametrize("states, expected", [
    ({7: ("bbs", "S"), 8: ("locket", "S")}, ("0", " 7")),
    ({7: ("bbs", "S"), 9: ("bbs", "R")}, ("0", " 7 9")),
    ({7: ("bbs", "Z"), 8: ("bbs_ctl", "S"), 9: ("a (bbs) b", "S"), 10: ("bbs-x", "S")}, ("0", "")),
    ({7: ("bbs", "X")}, ("0", "")),
    ({7: ("bbs", "D")}, ("0", " 7")),
], ids=["one", "two", "a zombie and others", "dead", "waits for a disk"])
def test_processes_of_the_bbs(shell_name, states, expected, tmp_path):
    process(tmp_path, 1, "dumb-init")
    for number, (name, state) in states.items():
        process(tmp_path, number, name, state)
    assert ask(tmp_path, shell_name)["processes"] == expected


def test_whoever_does_not_see_the_first_process_says_so(tmp_path):
    process(tmp_path, 7, "sh")
    assert ask(tmp_path)["processes"] == ("hidden", "")


def test_the_kernels_own_processes(tmp_path):
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/1").symlink_to(f"/proc/{os.getpid()}")
    assert ask(tmp_path)["processes"] == ("0", "")


@pytest.mark.parametrize("kind, expected", [("open", "0 nc"), ("refused", "1 nc")])
def test_the_other_port_is_where_the_configuration_says(kind, expected, places, tmp_path):
    config = tmp_path / "jobs/bbs/config/bbs.json"
    config.parent.mkdir(parents=True)
    address = places.address(kind)
    for said in (address, address.replace("127.0.0.1", "0.0.0.0")):
        config.write_text(f'{{"health_address": "{said}", "debug_address": "127.0.0.1:1"}}', encoding="utf-8")
        assert ask(tmp_path)["health"][0] == expected, said
