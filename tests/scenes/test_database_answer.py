"""in_pod/database_answer.sh against small servers that say what databases say, some of it recorded from real ones.

database_answers.json: a server's turns, each of pieces as the script prints them; what the script says of it, and what
the product's reader (tests/unit/cluster/database_answer_test.cpp) makes of that.
"""
import contextlib
import json
import pathlib
import re
import select
import socket
import threading

import pytest

import pieces

CASES = json.loads((pathlib.Path(__file__).parent / "database_answers.json").read_text(encoding="utf-8"))
SHELLS = {"dash": {}, "bash": {}, "busybox": {"busybox": True}}
STARTUP = b"\0\0\0\x2c\0\3\0\0user\0cfee-stager\0database\0postgres\0\0"
# No TLS, no database, no method: protocol 4.1, packets of 16 MB, utf8, nobody's name, an empty password.
REPLY = b"\x2d\0\0\1" + b"\0\x82\0\0" + b"\0\0\0\1" + b"!" + bytes(23) + b"cfee-stager\0" + b"\0"
EMPTY_PASSWORD = b"\0\0\0\3"


def bytes_of(piece):
    return re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match.group(1), 8)]), piece.encode("ascii"))


def receive(connection, wanted):
    got = b""
    while len(got) < len(wanted):
        more = connection.recv(len(wanted) - len(got))
        if not more:
            break
        got += more
    return got


def play(listening, case, received):
    """One connection; `received` is what the client has said."""
    listening.settimeout(20)
    connection, _ = listening.accept()
    with connection:
        connection.settimeout(20)
        expected = [STARTUP] if case["language"] == "postgres" else [REPLY, EMPTY_PASSWORD]
        for number, turn in enumerate(case["turns"]):
            if number or case["language"] == "postgres":
                received.append(receive(connection, expected[max(0, number - 1)]))
            connection.sendall(b"".join(map(bytes_of, turn)))
        if case["then"] == "waits":
            with contextlib.suppress(ConnectionError):
                while more := connection.recv(4096):
                    received.append(more)


@contextlib.contextmanager
def server(case):
    received = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=play, args=(listening, case, received))
        thread.start()
        yield listening.getsockname()[1], received
        thread.join(30)


def said_of(case):
    said = case.get("said")
    return "open\n" + (said if said is not None else "".join(piece + "\n" for turn in case["turns"] for piece in turn))


def ask(folder, port, language, shell_name="dash", limit="1", **tools):
    path = pieces.path_of(folder, awk=None, curl=False, **{**SHELLS[shell_name], **tools})
    parts, _, took, marker = pieces.run("database_script", f"answer bbs 127.0.0.1 {port} {language}\n", folder, shell_name, path, limit)
    assert set(parts) == {"answer-bbs"}
    return *parts["answer-bbs"], took, marker


@pytest.mark.parametrize("shell_name", SHELLS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']} {case['name']}")
def test_what_a_database_says(case, shell_name, tmp_path):
    with server(case) as (port, received):
        status, text, took, marker = ask(tmp_path, port, case["language"], shell_name, limit="1" if case["status"] == "137" else "4")
    # Whoever writes to somebody who has hung up may be ended by that.
    assert status.split()[0] in {"1": ("1", "141")}.get(case["status"], (case["status"],))
    assert text + "\n" == said_of(case)
    sent = b"".join(received)
    whole = STARTUP if case["language"] == "postgres" else REPLY + EMPTY_PASSWORD
    assert whole.startswith(sent)
    assert took < 5
    # The one that busybox leaves to watch looks once a second whether it is still needed.
    assert pieces.in_pod.left_behind(marker, within=3) == []


def test_the_password_of_the_handshake_is_empty_and_the_name_nobodys():
    """Else the tests above compare one mistake with another."""
    assert STARTUP[3] == len(STARTUP) and REPLY[0] == len(REPLY) - 4
    assert b"diego" not in STARTUP + REPLY


def test_a_closed_port(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        status, text, _, _ = ask(tmp_path, closed.getsockname()[1], "postgres")
    assert status == "7 postgres"
    assert "Connection refused" in text and not text.startswith("open")


def test_one_that_does_not_accept(tmp_path):
    """A listener whose queue is full drops whatever comes."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, contextlib.ExitStack() as stack:
        callers = [stack.enter_context(socket.socket()) for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        assert select.select([], callers, [], 1)[1]
        status, text, took, _ = ask(tmp_path, full.getsockname()[1], "mysql")
    assert (status, text) == ("137 mysql", "")
    assert took < 5


def test_without_bash(tmp_path):
    with server({"language": "mysql", "turns": [], "then": "hangs up"}) as (port, _):
        assert ask(tmp_path, port, "mysql", bash=False)[:2] == ("127 mysql", "")
        socket.create_connection(("127.0.0.1", port)).close()  # nobody has come


# ---- The whole script

CONNECTION_STRINGS = {"postgres": "postgres://diego:c4n4ry@%s/diego?sslmode=disable", "mysql": "diego:c4n4ry@tcp(%s)/diego?parseTime=true"}


def pod(root, job, language, port, host="127.0.0.1"):
    config = root / f"jobs/{job}/config"
    config.mkdir(parents=True)
    text = json.dumps({"database_driver": language, "database_connection_string": CONNECTION_STRINGS[language] % f"{host}:{port}"})
    (config / f"{job}.json").write_text(text, encoding="utf-8")


def ask_all(root, jobs, shell_name="dash"):
    path = pieces.path_of(root, awk=None, curl=False, **SHELLS[shell_name])
    parts, printed, _, _ = pieces.in_pod.run(pieces.sent("database_script"), root, ["limit=8", f"jobs={jobs}"], shell_name, path)
    assert "c4n4ry" not in printed
    return parts


@pytest.mark.parametrize("shell_name", SHELLS)
def test_each_job_is_asked_in_the_language_that_it_is_configured_for(shell_name, tmp_path):
    said = {case["language"]: case for case in CASES if case["kind"] == "accepts"}
    with server(said["postgres"]) as (first, _), server(said["mysql"]) as (second, _):
        pod(tmp_path, "bbs", "postgres", first)
        pod(tmp_path, "locket", "mysql", second)
        parts = ask_all(tmp_path, "bbs locket", shell_name)
    assert {name: status for name, (status, _) in parts.items()} == {"answer-bbs": "0 postgres", "answer-locket": "0 mysql", "done": "2"}
    assert parts["answer-locket"][1] + "\n" == said_of(said["mysql"])


@pytest.mark.parametrize("jobs, there", [("bbs", "locket"), ("", "bbs"), ("locket", "bbs")])
def test_only_those_are_asked_that_are_named_and_there(jobs, there, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        pod(tmp_path, there, "postgres", listening.getsockname()[1])
        assert set(ask_all(tmp_path, jobs)) == {"done"}
        assert not select.select([listening], [], [], 0)[0]


def test_an_address_that_cannot_be_read_is_not_asked(tmp_path):
    pod(tmp_path, "bbs", "postgres", 1, host="$(touch c4n4ry)")
    assert set(ask_all(tmp_path, "bbs")) == {"done"}


# ---- What every look asks: only whether the way is open

def look(root, shell_name="dash", job="bbs", script="bbs_script"):
    path = pieces.in_pod.path_of(root, nc="nc.openbsd", **SHELLS[shell_name])
    parts, printed, took, _ = pieces.in_pod.run(pieces.sent(script), root, pieces.in_pod.ASK_BBS, shell_name, path)
    assert "c4n4ry" not in printed
    return *parts[f"database-{job}"], took


@pytest.mark.parametrize("job, script", [("bbs", "bbs_script"), ("locket", "locket_script")])
@pytest.mark.parametrize("shell_name", SHELLS)
def test_a_look_leaves_mysql_no_open_handshake(job, script, shell_name, tmp_path):
    """After max_connect_errors of them, 100 by default, MySQL would shut the pod out, and the BBS in it."""
    with server(next(case for case in CASES if (case["language"], case["kind"]) == ("mysql", "accepts"))) as (port, received):
        pod(tmp_path, job, "mysql", port)
        status, text, _ = look(tmp_path, shell_name, job, script)
    assert (status, text.strip()) == ("0 bash", f"127.0.0.1:{port}")
    assert received[0] == REPLY


def test_a_mysql_that_asks_for_another_method_is_answered_already(tmp_path):
    with server({"language": "mysql", "turns": [["J"], ["\\001\\000\\000\\002\\376"], ["gone"]], "then": "hangs up"}) as (port, received):
        pod(tmp_path, "bbs", "mysql", port)
        assert look(tmp_path)[0] == "0 bash"
    assert received == [REPLY, EMPTY_PASSWORD]


def test_a_mysql_that_hangs_up_or_says_nothing_is_connected_all_the_same(tmp_path):
    for number, then in enumerate(("hangs up", "waits")):
        with server({"language": "mysql", "turns": [], "then": then}) as (port, _):
            pod(tmp_path / str(number), "bbs", "mysql", port)
            assert look(tmp_path / str(number))[0] == "0 bash", then


def test_a_mysql_that_is_not_there(tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        pod(tmp_path, "bbs", "mysql", closed.getsockname()[1])
        status, text, _ = look(tmp_path)
    assert status == "1 bash" and "Connection refused" in text


def test_postgresql_is_asked_by_nc(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        pod(tmp_path, "bbs", "postgres", listening.getsockname()[1])
        assert look(tmp_path)[0] == "0 nc"
