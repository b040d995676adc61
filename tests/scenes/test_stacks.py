"""in_pod/stacks.sh over recorded dumps of the real programs, under other shells and with other tools.

stacks/dumps.tar.xz holds what bbs, locket and auctioneer's kind answered: 2018 code with lib/pq and with MySQL's driver,
2022 code with pgx. stacks/said.txt holds what the script says of each; lib/'s reader and rule are tested on that file.
"""
import concurrent.futures
import contextlib
import http.server
import pathlib
import socket
import subprocess
import tarfile
import threading

import pytest

import pieces

HERE = pathlib.Path(__file__).parent / "stacks"
SHELLS = {  # by name: shell, awk, with curl, all else busybox's
    "dash, mawk, curl": ("dash", "mawk", True, False),
    "bash, gawk, no curl": ("bash", "gawk", False, False),
    "busybox, curl": ("busybox", "busybox", True, True),
    "busybox, no curl": ("busybox", "busybox", False, True),
}
PAGE = "/debug/pprof/goroutine?debug=2"


@pytest.fixture(name="dumps", scope="session")
def fixture_dumps():
    with tarfile.open(HERE / "dumps.tar.xz") as archive:
        return {member.name.removesuffix(".txt"): archive.extractfile(member).read() for member in archive if member.isfile()}


class Debug(http.server.BaseHTTPRequestHandler):
    """A debug server, as Go's: chunks for HTTP/1.1, the end of the connection for HTTP/1.0."""

    def do_GET(self):
        self.server.asked.append((self.request_version, self.path))
        self.server.meet()
        self.protocol_version = self.request_version
        self.send_response(self.server.status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        chunked = self.request_version == "HTTP/1.1"
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        body = self.server.body
        for at in range(0, len(body), 2048):
            piece = body[at:at + 2048]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)
        if chunked and not self.server.is_cut:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def debug_server(body=b"", status=200, is_cut=False, meet=lambda: None):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Debug) as server:
        server.body, server.status, server.is_cut, server.meet, server.asked = body, status, is_cut, meet, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def pod(root, job, address, processes=()):
    """A pod with that job; `processes` are (number, name, start)."""
    config = root / f"jobs/{job}/config"
    config.mkdir(parents=True, exist_ok=True)
    (config / f"{job}.json").write_text('{"cell_registrations_locket_enabled":true,"debug_address":"%s","log_level":"info","database_connection_string":"c4n4ry"}' % address, encoding="utf-8")
    for number, name, start in processes:
        process = root / f"proc/{number}"
        process.mkdir(parents=True)
        (process / "comm").write_text(name + "\n", encoding="utf-8")
        (process / "stat").write_text(" ".join([str(number), f"({name})", "S", *map(str, range(4, 22)), str(start), "9", "9\n"]), encoding="utf-8")


def ask(root, job, shell_name, path, port=1, limit="2"):
    """Status and text of what is said of that job."""
    parts, printed, took, marker = pieces.run("stacks_script", f"stacks {job} {port}\n", root, shell_name, path, limit)
    assert "c4n4ry" not in printed and "goroutine" not in printed and "/build/" not in printed
    assert set(parts) == {f"stacks-{job}"}, printed
    return *parts[f"stacks-{job}"], took, marker


def job_of(name):
    return name.rpartition(".")[2]


def said(tools, dumps, folder):
    """A line for each dump."""
    shell_name, awk, curl, busybox = SHELLS[tools]
    path = pieces.path_of(folder, awk=awk, curl=curl, busybox=busybox)

    def one(name):
        root = folder / name.replace("/", "-")
        with debug_server(dumps[name]) as server:
            pod(root, job_of(name), "127.0.0.1:%d" % server.server_address[1], [(7, job_of(name), 4711), (8, "sh", 1)])
            status, text, _, _ = ask(root, job_of(name), shell_name, path)
            assert server.asked == [("HTTP/1.1" if curl else "HTTP/1.0", PAGE)]
        return f"{name}: {status.partition(' ')[0]} {text}\n"

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, sorted(dumps)))


@pytest.mark.parametrize("tools", SHELLS)
def test_every_shell_says_the_same_of_every_dump(tools, dumps, tmp_path):
    assert said(tools, dumps, tmp_path) == (HERE / "said.txt").read_text(encoding="utf-8").splitlines(keepends=True)


# ---- Where there is no dump to judge

DUMP = b"goroutine 7 [select]:\nmain.main()\n\t/build/main.go:5 +0x1b\n\ngoroutine 8 [running]:\nmain.f()\n\t/build/main.go:9 +0x2c\n"
FETCHERS = {"curl": True, "bash": False}


@contextlib.contextmanager
def listener(backlog=5):
    """Accepts, as the kernel does, and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=backlog) as there:
        yield there.getsockname()[1]


def fetched(tmp_path, fetcher, port, shell_name="dash", limit="2", **tools):
    pod(tmp_path, "bbs", f"127.0.0.1:{port}")
    return ask(tmp_path, "bbs", shell_name, pieces.path_of(tmp_path, **{"curl": FETCHERS[fetcher], **tools}), limit=limit)[:2]


@pytest.mark.parametrize("fetcher", FETCHERS)
def test_a_dump_is_read(fetcher, tmp_path):
    with debug_server(DUMP) as server:
        status, text = fetched(tmp_path, fetcher, server.server_address[1])
    assert (status, text) == (f"0 {fetcher}", "total=2 migrates=0 processes= lock= wait= outside=0 end")


@pytest.mark.parametrize("fetcher", FETCHERS)
def test_a_closed_port(fetcher, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        status, text = fetched(tmp_path, fetcher, closed.getsockname()[1])
    assert status == f"7 {fetcher}"
    assert ("Connection refused" in text) == (fetcher == "bash")


@pytest.mark.parametrize("shell_name, tools", [("dash", {}), ("busybox", {"busybox": True, "awk": "busybox"})], ids=["dash", "busybox"])
@pytest.mark.parametrize("fetcher", FETCHERS)
def test_one_that_accepts_and_says_nothing(fetcher, shell_name, tools, tmp_path):
    with listener() as port:
        pod(tmp_path, "bbs", f"127.0.0.1:{port}")
        status, _, took, marker = ask(tmp_path, "bbs", shell_name, pieces.path_of(tmp_path, **{"curl": FETCHERS[fetcher], **tools}), limit="1")
    assert status == f"137 {fetcher}"
    assert took < 5
    assert pieces.in_pod.left_behind(marker, within=3) == []


@pytest.mark.parametrize("fetcher", FETCHERS)
def test_another_answer_than_200(fetcher, tmp_path):
    with debug_server(DUMP, status=404) as server:
        assert fetched(tmp_path, fetcher, server.server_address[1])[0] == f"22 {fetcher}"


BAD = {"nothing": b"", "a page": b"<html>\n<p>hello</p>\n</html>\n", "a page behind it": DUMP + b"\n<html>\n",
       "cut in the first line": DUMP[:-30], "cut in a frame": DUMP[:-25], "binary": bytes(range(256)) * 20, "no stack": DUMP + b"\ngoroutine 9 [select]:\n"}


@pytest.mark.parametrize("awk", ["mawk", "gawk", "busybox"])
@pytest.mark.parametrize("fetcher", FETCHERS)
@pytest.mark.parametrize("body", BAD)
def test_what_is_no_dump(body, fetcher, awk, tmp_path):
    with debug_server(BAD[body]) as server:
        assert fetched(tmp_path, fetcher, server.server_address[1], awk=awk)[0] in ("cut", "garbled")


def test_chunks_without_their_end(tmp_path):
    with debug_server(DUMP, is_cut=True) as server:
        assert fetched(tmp_path, "curl", server.server_address[1])[0] == "18 curl"


@pytest.mark.parametrize("fetcher", FETCHERS)
def test_a_dump_that_is_too_long(fetcher, tmp_path):
    with debug_server(DUMP + b"\n" + b"goroutine 9 [select]:\nmain.main()\n\t/build/main.go:5 +0x1b\n\n" * 80_000 + DUMP) as server:
        assert fetched(tmp_path, fetcher, server.server_address[1], limit="9")[0] == "cut"


@pytest.mark.parametrize("missing, status", [({"curl": False, "bash": False}, "127 bash"), ({"awk": None}, "")], ids=["curl and bash", "awk"])
def test_programs_that_are_missing(missing, status, tmp_path):
    with debug_server(DUMP) as server:
        assert fetched(tmp_path, "curl", server.server_address[1], **missing)[0] == status


def test_an_address_that_the_configuration_does_not_name(tmp_path):
    """The port that is given, then; and so where it names no host."""
    path = pieces.path_of(tmp_path)
    with debug_server(DUMP) as server:
        port = server.server_address[1]
        for root, address, given in (("a", "", port), ("b", "c4n4ry/x", port), ("c", f":{port}", 1), ("d", f"localhost:{port}", 1)):
            pod(tmp_path / root, "bbs", address)
            assert ask(tmp_path / root, "bbs", "dash", path, given)[0] == "0 curl", root
        (tmp_path / "e/jobs/bbs").mkdir(parents=True)
        assert ask(tmp_path / "e", "bbs", "dash", path, port)[0] == "0 curl"


def test_a_pod_without_that_job(tmp_path):
    pod(tmp_path, "locket", "127.0.0.1:1")
    assert ask(tmp_path, "bbs", "dash", pieces.path_of(tmp_path))[:2] == ("absent", "")


def test_processes_are_told_by_name_number_and_start(tmp_path):
    with debug_server(DUMP) as server:
        pod(tmp_path, "bbs", "127.0.0.1:%d" % server.server_address[1], [(11, "bbs", 4711), (12, "bbs_as_vcap", 1), (2, "cfdot", 2), (101, "bbs", 815)])
        (tmp_path / "proc/13").mkdir()  # has just ended
        assert " processes=,101:815,11:4711 " in ask(tmp_path, "bbs", "busybox", pieces.path_of(tmp_path))[1]


def test_no_proxy_is_asked(tmp_path):
    with debug_server(DUMP) as server:
        pod(tmp_path, "bbs", "127.0.0.1:%d" % server.server_address[1])
        calls = "http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1\nexport http_proxy ALL_PROXY\nstacks bbs 1\n"
        parts, _, _, _ = pieces.run("stacks_script", calls, tmp_path, "dash", pieces.path_of(tmp_path))
    assert parts["stacks-bbs"][0] == "0 curl"


# ---- Each word of the rule, where the recordings do not hold the case that it keeps out or lets in

LOCK, FETCH = (f"code.cloudfoundry.org/locket/handlers.(*locketHandler).{name}(0x1, {{0x2, 0x3}})" for name in ("Lock", "FetchAll"))
READ, CONN = "net.(*conn).Read(0x1, {0x2?, 0x3, 0x4})", "database/sql.(*DB).conn(0x1, {0x2, 0x3}, 0x1)"
POLL = "internal/poll.runtime_pollWait(0x7f81aa152e00, 0x72)"
PQ, PGX, MYSQL = "github.com/lib/pq.(*conn).", "github.com/jackc/pgx.(*Conn).", "github.com/go-sql-driver/mysql.(*mysqlConn)."
ASK, RUN = "code.cloudfoundry.org/locket/models.(*locketClient).Lock(0x1)", "code.cloudfoundry.org/locket/lock.(*lockRunner).Run(0x1, 0x2, 0x3)"


def waits_in(frame):
    return ("IO wait", POLL, READ, frame + "(0x1)", LOCK)


# State and frames, outermost last; whether it is in A, in B, and outside.
GOROUTINES = {
    "a BBS that asks": (("select", ASK, RUN), True, False, False),
    "since minutes": (("select, 12 minutes", ASK, RUN), True, False, False),
    "a thread of its own": (("select, 2 minutes, locked to thread", ASK, RUN), True, False, False),
    "a BBS that is asking just now": (("runnable", ASK, RUN), False, False, False),
    "a presence that asks": (("select", ASK, "code.cloudfoundry.org/locket/lock.(*presenceRunner).Run(0x1)"), False, False, False),
    "a runner between its requests": (("select", RUN), False, False, False),
    "a BBS that fetches": (("select", ASK.replace("Lock(", "Fetch("), RUN), False, False, False),
    **{f"waits in {frame}": (waits_in(frame), False, True, False)
       for frame in (PQ + "startup", PQ + "Begin", PGX + "connect", PGX + "BeginEx", MYSQL + "Begin", MYSQL + "readInitPacket")},
    **{f"waits in {frame}": (waits_in(frame), False, False, True)
       for frame in (PQ + "prepareTo", PQ + "simpleQuery", PQ + "Begin.func1", PGX + "execEx", MYSQL + "exec", "example.com/github.com/lib/pq.(*conn).startup")},
    "since minutes, in the database": (("IO wait, 16 minutes", *waits_in(PQ + "Begin")[1:]), False, True, False),
    "has just got an answer": (("runnable", *waits_in(PQ + "Begin")[1:]), False, False, True),
    "selects in the driver": (("select", PQ + "Begin(0x1)", LOCK), False, False, True),
    "writes": (("IO wait", POLL, "net.(*conn).Write(0x1)", PQ + "Begin(0x1)", LOCK), False, False, True),
    "in line for a connection": (("select", CONN, LOCK), False, False, False),
    "dials for a connection": (("select", "net.(*netFD).connect(0x1)", CONN, LOCK), False, False, True),
    "works": (("running", LOCK), False, False, True),
    "fetches, and waits": (("IO wait", POLL, READ, PQ + "Begin(0x1)", FETCH), False, False, False),
    "only made by Lock": (("IO wait", POLL, READ, PQ + "Begin(0x1)", "created by " + LOCK.partition("(0x1")[0]), False, False, False),
    "a name that begins so": (("IO wait", POLL, READ, PQ + "Begin(0x1)", LOCK.replace("Lock(", "Locker(")), False, False, False),
}


@pytest.mark.parametrize("awk", ["mawk", "gawk", "busybox"])
def test_goroutines_one_by_one(awk, tmp_path):
    """All in one dump, the names by number."""
    numbers = {str(number): name for number, name in enumerate(GOROUTINES, 1)}
    dump = "\n".join(f"goroutine {number} [{GOROUTINES[name][0][0]}]:\n" + "".join(f"{frame}\n\t/build/src/x.go:5 +0x1b\n" for frame in GOROUTINES[name][0][1:])
                     for number, name in numbers.items())
    with debug_server(dump.encode()) as server:
        status, text = fetched(tmp_path, "curl", server.server_address[1], awk=awk)
    assert status == "0 curl"
    values = dict(word.partition("=")[::2] for word in text.split())
    for part, is_in in (("lock", 1), ("wait", 2)):
        assert [numbers[number] for number in values[part].split(",")[1:]] == [name for name in numbers.values() if GOROUTINES[name][is_in]]
    assert int(values["outside"]) == sum(case[3] for case in GOROUTINES.values())


def test_auctioneer_is_asked_likewise(dumps, tmp_path):
    """Its runner is the BBS's; the port is its own."""
    with debug_server(dumps["2018-pq/04-locket-hung-070s/diego-api-0.bbs"]) as server:
        pod(tmp_path, "auctioneer", "", [(5, "auctioneer", 99)])
        status, text, _, _ = ask(tmp_path, "auctioneer", "dash", pieces.path_of(tmp_path), server.server_address[1])
    assert (status, text) == ("0 curl", "total=41 migrates=0 processes=,5:99 lock=,58 wait= outside=0 end")


@pytest.mark.parametrize("shell_name", ["dash", "bash", "busybox"])
def test_the_whole_script_asks_both_at_once(shell_name, tmp_path):
    """Neither server answers before the other is asked too."""
    both = threading.Barrier(2, timeout=10)
    with debug_server(DUMP, meet=both.wait) as bbs, debug_server(DUMP, meet=both.wait) as locket:
        pod(tmp_path, "bbs", "127.0.0.1:%d" % bbs.server_address[1])
        pod(tmp_path, "locket", "127.0.0.1:%d" % locket.server_address[1])
        parts, _, _, _ = pieces.in_pod.run(pieces.sent("stacks_script"), tmp_path, ["limit=8"], shell_name, pieces.path_of(tmp_path))
    assert {name: status for name, (status, _) in parts.items()} == {"stacks-bbs": "0 curl", "stacks-locket": "0 curl", "peer-bbs": "0", "done": "2"}


@pytest.mark.parametrize("job", ["bbs", "locket"])
def test_the_whole_script_in_a_pod_with_one_of_them(job, tmp_path):
    with debug_server(DUMP) as server:
        pod(tmp_path, job, "127.0.0.1:%d" % server.server_address[1])
        parts, _, _, _ = pieces.in_pod.run(pieces.sent("stacks_script"), tmp_path, ["limit=2"], "dash", pieces.path_of(tmp_path))
    assert {name: status for name, (status, _) in parts.items()} == {**dict.fromkeys(("stacks-bbs", "stacks-locket"), "absent"), f"stacks-{job}": "0 curl", "peer-bbs": "0", "done": "2"}


def test_the_piece_is_short():
    assert len(pieces.held("stacks_script")) < 2300, "it travels in a URL"


# ---- The whole dump, for the evidence

def dumped(root, job, shell_name="dash", **tools):
    path = pieces.path_of(root, **tools)
    command = [*pieces.in_pod.shell(shell_name), "-c", pieces.sent("dump_script"), "cfee-dump", "1", f"V={root}", "limit=4", f"job={job}", "port=1"]
    return subprocess.run(command, env={"PATH": path}, capture_output=True, timeout=30, check=False)


@pytest.mark.parametrize("shell_name", ["dash", "bash", "busybox"])
@pytest.mark.parametrize("fetcher", FETCHERS)
def test_a_dump_is_given_whole(fetcher, shell_name, dumps, tmp_path):
    dump = dumps["2018-pq/04-locket-hung-070s/diego-api-0.locket"]
    with debug_server(dump) as server:
        pod(tmp_path, "locket", "127.0.0.1:%d" % server.server_address[1])
        done = dumped(tmp_path, "locket", shell_name, curl=FETCHERS[fetcher], awk=None)
    assert done.returncode == 0 and done.stdout.rstrip(b"\n") == dump.rstrip(b"\n")


@pytest.mark.parametrize("job, word", [("bbs", "there is no bbs in this pod"), ("locket", "left no profile: status 7 ")])
@pytest.mark.parametrize("fetcher", FETCHERS)
def test_where_there_is_no_dump_it_is_said_why(job, word, fetcher, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        pod(tmp_path, "locket", "127.0.0.1:%d" % closed.getsockname()[1])
        done = dumped(tmp_path, job, curl=FETCHERS[fetcher], awk=None)
    assert done.returncode == 1 and done.stdout == b"" and word in done.stderr.decode()


def test_a_dump_that_is_too_long_is_none(tmp_path):
    with debug_server(DUMP * 60000) as server:
        pod(tmp_path, "bbs", "127.0.0.1:%d" % server.server_address[1])
        done = dumped(tmp_path, "bbs", awk=None)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"the profile is longer than 4 MB\n")
