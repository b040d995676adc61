"""in_pod/lockets.sh and in_pod/auctioneer.sh, as the product sends them, in real shells."""
import contextlib
import os
import socket
import urllib.parse

import pytest

import pieces
import test_in_pod_scripts as in_pod
from test_stacks import debug_server, pod

SHELLS = {"dash": False, "bash": False, "busybox": True}
HERE, THERE = f"127.{os.getpid() >> 8 & 255}.{os.getpid() & 255}.9", f"127.{os.getpid() >> 8 & 255}.{os.getpid() & 255}.10"
CFDOT = '#!/bin/sh\ncase $* in\n*127.*.9:8891) echo "$SKIP_CERT_VERIFY $*" ;;\n*) exec /bin/sleep 9 ;;\nesac\n'
DUMP = """goroutine 58 [select]:
code.cloudfoundry.org/locket/models.(*locketClient).Lock(0x1)
\t/x.go:1 +0x1
code.cloudfoundry.org/locket/lock.(*lockRunner).Run(0x1)
\t/x.go:1 +0x1
"""


def sent(name, arguments, root, shell_name="dash", **tools):
    path = pieces.path_of(root, busybox=SHELLS[shell_name], awk="busybox" if SHELLS[shell_name] else "mawk", **tools)
    parts, printed, took, _ = in_pod.run(pieces.sent(name).replace("/proc/", f"{root}/proc/"), root, arguments, shell_name, path)
    assert "done" in parts, printed
    return parts, took


@contextlib.contextmanager
def lockets():
    with socket.create_server((HERE, 8891)), socket.create_server((THERE, 8891)):
        yield


@pytest.mark.parametrize("shell_name", SHELLS)
def test_each_locket_is_asked_at_its_own_address(shell_name, tmp_path):
    """All at once, and one that hangs does not keep another's answer."""
    in_pod.executable(tmp_path / "packages/cfdot", CFDOT)
    in_pod.executable(tmp_path / "jobs/cfdot/bin/setup", f"export PATH={tmp_path}/packages:$PATH\n")
    closed = HERE + "9"
    with lockets():
        parts, took = sent("lockets_script", ["limit=2", f"lockets={HERE} {THERE} {closed}"], tmp_path, shell_name)
    assert parts[f"way-{HERE}"][0] == "0 bash"
    assert parts[f"locks-{HERE}"] == ("0", f"true locks --locketAPILocation {HERE}:8891")
    assert parts[f"locks-{THERE}"][0] == "137"
    assert parts[f"way-{closed}"][0] == "1 bash"
    assert f"locks-{closed}" not in parts
    assert took < 2 + in_pod.MARGIN


def test_without_cfdot_nothing_is_said(tmp_path):
    with lockets():
        parts, _ = sent("lockets_script", ["limit=2", f"lockets={HERE}"], tmp_path)
    assert parts[f"locks-{HERE}"][0] not in ("0", "137")


STARTED = '{"timestamp":"100.5","source":"auctioneer","message":"auctioneer.locket-lock.started","log_level":1,"data":{}}'
OTHER = '{"timestamp":"101.5","source":"auctioneer","message":"auctioneer.auction.fetch-cell-reps","log_level":1,"data":{"x":"c4n4ry"}}'


@pytest.mark.parametrize("shell_name", SHELLS)
def test_the_auctioneers_stacks_and_its_last_word_of_the_lock(shell_name, tmp_path):
    log = in_pod.log(tmp_path, "auctioneer")
    log.write_text("x\n" * 200000 + STARTED + "\n" + OTHER + "\n", encoding="utf-8")
    with debug_server(DUMP.encode()) as server:
        pod(tmp_path, "auctioneer", "127.0.0.1:%d" % server.server_port, [(7, "auctioneer", 4711)])
        parts, _ = sent("auctioneer_script", ["limit=2"], tmp_path, shell_name)
    assert parts["stacks-auctioneer"] == ("0 curl", "total=1 migrates=0 processes=,7:4711 lock=,58 wait= outside=0 end")
    assert parts["log-auctioneer"] == ("0", STARTED)
    assert parts["clock"][0].isdigit()


def test_a_pod_without_an_auctioneer_says_so(tmp_path):
    (tmp_path / "proc").mkdir()
    parts, _ = sent("auctioneer_script", ["limit=2"], tmp_path)
    assert (parts["stacks-auctioneer"][0], parts["log-auctioneer"]) == ("absent", ("0", ""))


@pytest.mark.parametrize("name, argument", [("auctioneer_script", "limit=5"), ("lockets_script", "lockets=" + " ".join(["fd00:aaaa:bbbb:cccc:dddd:eeee:ffff:0123"] * 5))])
def test_its_request_line_is_short_enough(name, argument):
    """See test_no_request_line_is_longer_than_proxies_take."""
    words = ["sh", "-c", pieces.sent(name), "cfee-auctioneer", "1", "limit=300", argument]
    query = [("command", word) for word in words] + [("container", "c" * 63), ("stderr", "true"), ("stdout", "true")]
    assert len("POST /api/v1/namespaces/%s/pods/%s/exec?%s HTTP/1.1" % ("n" * 63, "p" * 63, urllib.parse.urlencode(query))) <= 6 * 1024
