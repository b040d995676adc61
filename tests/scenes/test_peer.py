"""in_pod/peer.sh over folders that look like /proc, and over the real one."""
import os
import socket

import pytest

import pieces

TABLE = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:4269 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1001 1 0000000000000000 100 0 0 10 0
   1: 0500F40A:9C40 0700F40A:22BB 01 00000000:00000000 02:000006D2 00000000     0        0 1002 2 0000000000000000 20 4 30 10 -1
   2: 0500F40A:9C41 0800F40A:22BB 01 00000000:00000000 02:000006D2 00000000     0        0 1003 2 0000000000000000 20 4 30 10 -1
   3: 0500F40A:9C42 0900F40A:22BB 06 00000000:00000000 02:000006D2 00000000     0        0 0 2 0000000000000000 20 4 30 10 -1
   4: 0500F40A:9C43 0A00F40A:1538 01 00000000:00000000 02:000006D2 00000000     0        0 1004 2 0000000000000000 20 4 30 10 -1
   5: 0500F40A:9C44 0700F40A:22BB 01 00000000:00000000 02:000006D2 00000000     0        0 1005 2 0000000000000000 20 4 30 10 -1
"""
TABLE6 = """  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000500F40A:9C45 0000000000000000FFFF00000700F40A:22BB 01 00000000:00000000 00:00000000 00000000     0        0 1006 1 0000000000000000 20 4 30 10 -1
"""
SHELLS = {"dash": ("mawk", False), "bash": ("gawk", False), "busybox": ("busybox", True)}


def process(root, number, name, inodes):
    files = root / f"proc/{number}/fd"
    files.mkdir(parents=True)
    (root / f"proc/{number}/comm").write_text(name + "\n", encoding="utf-8")
    for descriptor, inode in enumerate(inodes, 3):
        (files / str(descriptor)).symlink_to(f"socket:[{inode}]")
    (files / "1").symlink_to("pipe:[1003]")


def ask(root, job, port=8891, shell_name="dash"):
    awk, busybox = SHELLS[shell_name]
    path = pieces.path_of(root, awk=awk, curl=False, busybox=busybox)
    os.symlink(pieces.need("busybox" if busybox else "ls"), f"{path}/ls")
    parts, _, _, _ = pieces.run("stacks_script", f"peer {job} {port}\n", root, shell_name, path)
    return parts[f"peer-{job}"]


@pytest.fixture(name="root")
def fixture_root(tmp_path):
    (tmp_path / "proc/net").mkdir(parents=True)
    (tmp_path / "proc/net/tcp").write_text(TABLE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("shell_name", SHELLS)
def test_only_the_own_connections_count(shell_name, root):
    """Not those of cfdot beside it, of other ports, or those that have ended."""
    process(root, 7, "bbs", [1001, 1002, 1004, 1005])
    process(root, 8, "cfdot", [1003])
    process(root, 9, "sh", [])
    assert ask(root, "bbs", shell_name=shell_name) == ("0", " 0700F40A:22BB")


def test_two_peers_are_both_said(root):
    process(root, 7, "bbs", [1002, 1003])
    (root / "proc/net/tcp6").write_text(TABLE6, encoding="utf-8")
    assert ask(root, "bbs") == ("0", " 0700F40A:22BB 0800F40A:22BB")
    process(root, 6, "bbs", [1006])
    assert ask(root, "bbs") == ("0", " 0700F40A:22BB 0800F40A:22BB 0000000000000000FFFF00000700F40A:22BB")


def test_nobody_is_said_where_nobody_is_known(root):
    process(root, 8, "cfdot", [1002])
    assert ask(root, "bbs") == ("0", "")
    (root / "proc/7").mkdir()
    (root / "proc/7/comm").write_text("bbs\n", encoding="utf-8")  # its descriptors may not be seen
    assert ask(root, "bbs") == ("0", "")


def test_the_kernels_own_tables(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as there, socket.create_connection(there.getsockname()):
        port = there.getsockname()[1]
        (tmp_path / "proc").mkdir()
        (tmp_path / "proc/net").symlink_to("/proc/net")
        (tmp_path / "proc/1").mkdir()
        (tmp_path / "proc/1/fd").symlink_to(f"/proc/{os.getpid()}/fd")
        (tmp_path / "proc/1/comm").write_text("auctioneer\n", encoding="utf-8")
        assert ask(tmp_path, "auctioneer", port) == ("0", f" 0100007F:{port:04X}")
