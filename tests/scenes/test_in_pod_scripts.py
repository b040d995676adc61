"""The scripts as they are sent into pods, run here: under other shells, with other tools, among nasty files.

The folder of BOSH is one of the test's, PATH a folder with chosen tools. Debian packages needed: dash, bash, busybox,
netcat-openbsd, netcat-traditional, ncat; a test fails with the name of the one that is missing.
"""
import concurrent.futures
import gzip
import itertools
import json
import os
import pathlib
import random
import re
import select
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse
import uuid

import pytest

import edits
import faking
import product
import transcripts

TOOLS = ("sed", "head", "tail", "grep", "cut", "cat", "date", "timeout", "sleep", "true", "wc", "gzip")
PACKAGES = {"dash": "dash", "bash": "bash", "busybox": "busybox", "nc.openbsd": "netcat-openbsd", "nc.traditional": "netcat-traditional", "ncat": "ncat"}
SHELLS = {"dash": ["dash"], "bash": ["bash", "--posix"], "busybox": ["busybox", "sh"]}
FALLBACK = "diego-api.cf.svc:8889"
ASK = ["limit=2", "address=", f"fallback={FALLBACK}"]
PING = "ping=jobs/global-properties/bin/readiness/diego-api"
ASK_BBS = ["limit=2", "fallback=", "locks=yes", PING]
STUCK = faking.HERE / "recorded" / "locket-hung.jsonl"
MARGIN = 2  # seconds beyond the probe timeout


def need(program):
    path = shutil.which(program, path="/usr/bin:/bin:/usr/local/bin")
    assert path, f"{program} is missing: install the Debian package {PACKAGES.get(program, 'coreutils, sed or grep')}"
    return path


def shell(name):
    words = SHELLS[name]
    return [need(words[0]), *words[1:]]


def path_of(folder, nc=None, bash=True, without=(), busybox=False, awk="mawk"):
    """A folder with tools. `nc` and `awk` are the programs behind those names; `busybox`: all other tools are busybox's."""
    bin_folder = folder / f"bin-{uuid.uuid4().hex}"
    bin_folder.mkdir(parents=True)
    for tool in TOOLS:
        if tool not in without:
            (bin_folder / tool).symlink_to(need("busybox" if busybox else tool))
    if nc:
        (bin_folder / "nc").symlink_to(need(nc))
    if awk:
        (bin_folder / "awk").symlink_to(need(awk))
    if bash:
        (bin_folder / "bash").symlink_to(need("bash"))
    return str(bin_folder)


@pytest.fixture(name="scripts", scope="module")
def fixture_scripts(tmp_path_factory):
    """By name, without the prefix: what stands after `sh -c`. A look that shows need sends them all."""
    kubectl = faking.FakeKubectl(tmp_path_factory.mktemp("scripts"), STUCK)
    assert product.run("diagnose", env=kubectl.env).status == 1
    return {name.removeprefix("cfee-"): text for name, text in kubectl.scripts().items()}


def run(script, root, arguments, shell_name="dash", path="", env=None, timeout=60):
    """The script's parts by name, as (status, text); all it printed; and the seconds it took."""
    marker = uuid.uuid4().hex
    command = [*shell(shell_name), "-c", script, "cfee-x", "2", f"V={root}", *arguments]
    began = time.monotonic()
    try:
        finished = subprocess.run(command, env={"PATH": path, "CFEE_TEST_MARKER": marker, **(env or {})}, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, check=False, start_new_session=True)
    except subprocess.TimeoutExpired:
        for pid in marked(marker):
            os.kill(pid, signal.SIGKILL)
        raise
    took = time.monotonic() - began
    printed = (finished.stdout + finished.stderr).decode("utf-8", "replace")
    parts = {}
    for name, whole in transcripts.parts_of(finished.stdout.decode("utf-8", "replace")).items():
        head, _, text = whole.strip("\n").partition("\n")
        parts[name] = (head.partition(" ")[2].rstrip(">"), text.rpartition("</cfee>")[0].rstrip("\n"))
    return parts, printed, took, marker


def marked(marker):
    """The processes that a script has started, and left: command lines by process id."""
    found = {}
    for environ in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in environ.read_bytes():
                found[int(environ.parent.name)] = (environ.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def left_behind(marker, within):
    """What a script has left once all has ended or the time is up, in seconds."""
    deadline = time.monotonic() + within
    while (pids := marked(marker)) and time.monotonic() < deadline:
        for pid in pids:
            faking.ends(pid, max(0, deadline - time.monotonic()))
    return list(pids.values())


# ---- Connections: every nc, every shell, and what the product makes of it

NCS = {
    "openbsd": {"nc": "nc.openbsd"},
    "traditional": {"nc": "nc.traditional"},
    "ncat": {"nc": "ncat"},
    "busybox nc": {"nc": "busybox"},
    "no nc": {},
    "busybox all through": {"nc": "busybox", "busybox": True},
    "neither nc nor bash": {"bash": False},
    "busybox nc, no bash": {"nc": "busybox", "bash": False},
}
REACHES = {"open": ("ok", ("connected",)), "refused": ("fail", ("refused: ",)), "timed out": ("fail", ("timed out: ",)),
           "unknown name": ("fail", ("name unknown: ", "name look-up failed: "))}


class Places:
    """Addresses on loopback that behave in a known way."""

    def __init__(self):
        self.open = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.closed = socket.socket()
        self.closed.bind(("127.0.0.1", 0))
        # A listener whose queue is full drops whatever comes: the caller's connection times out.
        self.full = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.callers = []
        for _ in range(4):
            caller = socket.socket()
            caller.setblocking(False)
            caller.connect_ex(self.full.getsockname())
            self.callers.append(caller)
        assert select.select([], self.callers, [], 1)[1], "nobody is in the queue"

    def address(self, kind):
        if kind == "unknown name":
            return "nosuch.invalid:8889"
        where = {"open": self.open, "refused": self.closed, "timed out": self.full}[kind]
        return "127.0.0.1:%d" % where.getsockname()[1]

    def close(self):
        for one in [self.open, self.closed, self.full, *self.callers]:
            one.close()


@pytest.fixture(name="places", scope="module")
def fixture_places():
    places = Places()
    yield places
    places.close()


def three_api_pods(lines):
    def edit(found):
        other = json.loads(json.dumps(next(pod for pod in found if pod["metadata"]["name"] == "api-1")))
        other["metadata"]["name"] = "api-2"
        found.append(other)
    return edits.items(edits.PODS, edit)(lines)


@pytest.mark.parametrize("kind", REACHES)
@pytest.mark.parametrize("tools", list(NCS))
def test_connections(tools, kind, places, tmp_path):
    """Three Cloud Controller pods, a shell each: all say the same, and the product understands them."""
    recording = transcripts.write(tmp_path / "three.jsonl", three_api_pods(transcripts.read(faking.HEALTHY)))
    kubectl = faking.FakeKubectl(tmp_path / "fake", recording)
    path = path_of(tmp_path, **NCS[tools])
    for number, name in enumerate(SHELLS):
        kubectl.answer("exec", f"api-{number}", behaviour="run", shell=shell(name), root=str(tmp_path), path=path)
    result = product.run("diagnose", "-o", "json", "--probe-timeout", "2s", "--address", places.address(kind), env=kubectl.env)
    verdict, words = REACHES[kind]
    if (tools, kind) == ("ncat", "timed out"):  # on a busy machine ncat exceeds its own -w by a second, and is killed
        words += ("name look-up failed: no answer",)
    if "no bash" in tools or "nor bash" in tools:
        verdict, words = "unknown", ("could not ask: the container has neither a usable nc nor bash", )
    check = result.check("bbs-reachable")
    assert [subject["name"] for subject in check["subjects"]] == ["api-0", "api-1", "api-2"]
    for subject in check["subjects"]:
        assert subject["verdict"] == verdict, subject
        assert subject["evidence"].startswith(words), subject
    assert result.status == {"ok": 0}.get(verdict, result.status)
    assert result.document["durationSeconds"] < 2 + MARGIN + 2


# ---- The address in Cloud Controller's configuration

URL = "https://bbs.service.cf.internal:8889"
ADDRESS = "bbs.service.cf.internal:8889"
CONFIGURED, SERVICE = ("configuration", ADDRESS), ("service", FALLBACK)


def diego(*lines):
    return "\n".join(["---", "name: api", "diego:", *lines, "", "pid_filename: /x/y", "stager:", "  url: https://wrong.example:1", ""])


CONFIGURATIONS = {
    "plain": (diego("  bbs:", f"    url: {URL}"), CONFIGURED),
    "double quotes": (diego("  bbs:", f'    url: "{URL}"'), CONFIGURED),
    "single quotes": (diego("  bbs:", f"    url: '{URL}'"), CONFIGURED),
    "http": (diego("  bbs:", "    url: http://bbs.service.cf.internal:8889"), CONFIGURED),
    "trailing slash": (diego("  bbs:", f"    url: {URL}/"), CONFIGURED),
    "trailing blanks": (diego("  bbs:", f"    url: {URL}   "), CONFIGURED),
    "deep indentation": (diego("        bbs:", f"                url:   {URL}"), CONFIGURED),
    "comment lines": (diego("  # bbs:", "  #   url: https://wrong.example:1", "  bbs:", "# url: https://wrong.example:2", "    # url: https://wrong.example:3", f"    url: {URL}"), CONFIGURED),
    "a comment after the keys": (diego("  bbs: # the BBS", f"    url: {URL}"), CONFIGURED),
    "keys before bbs": (diego("  nsync_url: https://wrong.example:1", "  url: https://wrong.example:2", "  lifecycle:", "    url: https://wrong.example:3", "  bbs:", "    ca_file: /x", "    key_file: /y", f"    url: {URL}"), CONFIGURED),
    "keys after url": (diego("  bbs:", f"    url: {URL}", "    key_file: /y", "  tps_url: https://wrong.example:1"), CONFIGURED),
    "bbs elsewhere first": ("stack:\n  bbs:\n    url: https://wrong.example:1\n" + diego("  bbs:", f"    url: {URL}"), CONFIGURED),
    "blank lines": (diego("", "  bbs:", "", f"    url: {URL}"), CONFIGURED),
    "no diego": ("name: api\nstager:\n  bbs:\n    url: https://wrong.example:1\n", SERVICE),
    "no bbs": (diego("  temporary_local_staging: true"), SERVICE),
    "empty url": (diego("  bbs:", "    url:"), SERVICE),
    "empty file": ("", SERVICE),
    "no port": (diego("  bbs:", "    url: https://bbs.service.cf.internal"), SERVICE),
    "credentials": (diego("  bbs:", "    url: https://user:c4n4ry@bbs.service.cf.internal:8889"), SERVICE),
    "credentials of digits": (diego("  bbs:", "    url: https://c4n4ry:12345@bbs.service.cf.internal:8889"), SERVICE),
    "IPv6": (diego("  bbs:", "    url: https://[::1]:8889"), SERVICE),
    "shell": (diego("  bbs:", "    url: https://$(touch c4n4ry):8889"), SERVICE),
    "options": (diego("  bbs:", "    url: https://-x:8889"), None),
    "binary": ("\0\udcff" * 1000 + diego("  bbs:", "    url: nothing"), SERVICE),
}
STRANGER = {
    "a comment after the url": (diego("  bbs:", f"    url: {URL} # the BBS"), CONFIGURED),
    "a url of the next key": (diego("  bbs:", "    key_file: /y", "  stager:", "    url: https://wrong.example:1"), SERVICE),
}


def address_said(scripts, folder, text, shell_name):
    file = folder / "jobs/cloud_controller_ng/config/cloud_controller_ng.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    parts, printed, _, _ = run(scripts["cloud-controller"], folder, ASK, shell_name, path_of(folder, bash=False))
    assert "c4n4ry" not in printed
    assert "probe" in parts
    return parts["address"]


@pytest.mark.parametrize("shell_name", SHELLS)
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_addresses_in_configurations(name, shell_name, scripts, tmp_path):
    text, expected = CONFIGURATIONS[name]
    said = address_said(scripts, tmp_path, text, shell_name)
    assert expected in (None, said)


@pytest.mark.parametrize("name", STRANGER)
def test_addresses_in_stranger_configurations(name, scripts, tmp_path):
    text, expected = STRANGER[name]
    assert address_said(scripts, tmp_path, text, "dash") == expected


@pytest.mark.parametrize("what", ["missing", "directory", "unreadable"])
def test_a_configuration_that_cannot_be_read(what, scripts, tmp_path):
    file = tmp_path / "jobs/cloud_controller_ng/config/cloud_controller_ng.yml"
    file.parent.mkdir(parents=True)
    if what == "directory":
        file.mkdir()
    if what == "unreadable":
        file.symlink_to(file)  # modes mean nothing to root
    parts, _, _, _ = run(scripts["cloud-controller"], tmp_path, ASK, path=path_of(tmp_path, bash=False))
    assert parts["address"] == SERVICE


def test_the_fallback_knows_the_cluster_domain(scripts, tmp_path):
    parts, _, _, _ = run(scripts["cloud-controller"], tmp_path, ASK, path=path_of(tmp_path, bash=False), env={"KUBERNETES_CLUSTER_DOMAIN": "corp.example"})
    assert parts["address"] == ("service", "diego-api.cf.svc.corp.example:8889")


def test_neither_configuration_nor_service(scripts, tmp_path):
    parts, _, _, _ = run(scripts["cloud-controller"], tmp_path, ["limit=2", "address=", "fallback="], path=path_of(tmp_path))
    assert parts == {"address": ("service", "")}


# ---- Databases: of a connection string only what is HOST:PORT and nothing else may be printed

CANARY = "c4n4ry"
# As they stand in JSON: connection string, and the address that must be found (None: it may not be printed at all).
CONNECTIONS = {
    "postgres": ("postgres://diego:c4n4ry@db.example:5433/diego?sslmode=disable", "db.example:5433"),
    "no port": ("postgres://diego:c4n4ry@db.example/diego", "db.example:5432"),
    "no database": ("postgres://diego:c4n4ry@db.example:5433", "db.example:5433"),
    "an address": ("postgres://diego:c4n4ry@10.1.2.3:5433/diego", "10.1.2.3:5433"),
    "an at sign": ("postgres://diego:c4n4ry@c4n4ry@db.example:5433/diego", "db.example:5433"),
    "a colon": ("postgres://diego:c4n4ry:c4n4ry@db.example:5433/diego", "db.example:5433"),
    "percent": ("postgres://diego:c4n4ry%40c4n4ry%2F@db.example:5433/diego", "db.example:5433"),
    "a quote": ("postgres://diego:c4n4ry\\\"c4n4ry@db.example:5433/diego", "db.example:5433"),
    "a backslash": ("postgres://diego:c4n4ry\\\\@db.example:5433/diego", "db.example:5433"),
    "looks like HOST:PORT": ("postgres://diego:c4n4ry.example:5432@db.example:5433/diego", "db.example:5433"),
    "at sign and HOST:PORT": ("postgres://diego:@c4n4ry:5432@db.example:5433/diego", "db.example:5433"),
    "a slash": ("postgres://diego:c4n4ry/c4n4ry@db.example:5433/diego", None),
    "a question mark": ("postgres://diego:c4n4ry?c4n4ry@db.example:5433/diego", None),
    "a hash": ("postgres://diego:c4n4ry#c4n4ry@db.example:5433/diego", None),
    "IPv6": ("postgres://diego:c4n4ry@[::1]:5433/diego", None),
    "no user": ("postgres://db.example:5433/diego", None),
    "mysql": ("diego:c4n4ry@tcp(db.example:3307)/diego?parseTime=true", "db.example:3307"),
    "mysql without port": ("diego:c4n4ry@tcp(db.example)/diego", "db.example:3306"),
    "mysql, at signs": ("diego:c4n4ry@c4n4ry:1@tcp(db.example:3307)/diego", "db.example:3307"),
    "mysql, its own syntax": ("diego:@tcp(c4n4ry:1)/@tcp(db.example:3307)/diego", "db.example:3307"),
    "mysql, a url": ("diego:x://y@c4n4ry:1@tcp(db.example:3307)/diego", "db.example:3307"),
    "mysql, a parenthesis": ("diego:c4n4ry(c4n4ry)@tcp(db.example:3307)/diego", "db.example:3307"),
    "mysql, IPv6": ("diego:c4n4ry@tcp([::1]:3307)/diego", None),
    "mysql, a socket": ("diego:c4n4ry@unix(/c4n4ry)/diego", None),
    "key=value": ("host=db.example port=5433 user=diego password=c4n4ry dbname=diego", None),
    "key=value, quoted": ("host=db.example password='c4n4ry:5432 c4n4ry' port=5433", None),
    "a bare password": ("c4n4ry", None),
    "HOST:PORT alone": ("c4n4ry:5432", None),
    "user, password": ("diego:c4n4ry", None),
    "user, password, at": ("diego@c4n4ry:5432", None),
    "empty": ("", None),
    "a port of letters": ("postgres://diego:x@c4n4ry:c4n4ry/diego", None),
    "a port too long": ("postgres://diego:x@c4n4ry:543210/diego", None),
    "shell": ("postgres://diego:$(touch x)`touch x`;touch x@db.example:5433/diego", "db.example:5433"),
    "options": ("postgres://diego:c4n4ry -e@db.example:5433/diego", "db.example:5433"),
    "format": ("postgres://diego:c4n4ry%s%n%d@db.example:5433/diego", "db.example:5433"),
}
# Passwords that no URL may hold as they are, and that are taken for the address.
AMBIGUOUS = {
    "url, at sign before a slash": "postgres://diego:x@c4n4ry:1/y@db.example:5433/diego",
    "url, at sign before a question mark": "postgres://diego:x@c4n4ry:1?y@db.example:5433/diego",
    "url, mysql's syntax": "postgres://diego:x@tcp(c4n4ry:1)/y@db.example:5433/diego",
    "key=value, a url": "host=db.example user=diego password=x://y@c4n4ry:1",
    "key=value, mysql's syntax": "host=db.example user=diego password=x@tcp(c4n4ry:1)/",
    "mysql, no such protocol": "diego:x://y@c4n4ry:1/@cloudsql(db.example)/diego",
}


def write_job(folder, job, text):
    file = folder / f"jobs/{job}/config/{job}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))


def as_bbs_json(connection, form="pretty"):
    if form == "one line":
        return '{"a":"b","database_connection_string":"%s","database_driver":"postgres","encryption_keys":{"k":"c4n4ry"}}' % connection
    return '{\n  "access_log_path": "",\n  "database_connection_string" : "%s",\n  "encryption_keys": {"k":"c4n4ry"}\n}\n' % connection


def databases_said(scripts, folder, bbs, locket, shell_name="dash", path=None):
    """What is said of the two connection strings; no canary among all that is printed."""
    write_job(folder, "bbs", bbs)
    write_job(folder, "locket", locket)
    said = []
    for job in ("bbs", "locket"):
        parts, printed, _, _ = run(scripts[job], folder, ASK_BBS, shell_name, path or path_of(folder, bash=False))
        assert "c4n4ry" not in printed, printed
        assert "done" in parts
        status, text = parts[f"database-{job}"]
        said.append(None if status == "unreadable" else text.split("\n")[0])
    return said


@pytest.mark.parametrize("shell_name", SHELLS)
@pytest.mark.parametrize("name", CONNECTIONS)
def test_connection_strings(name, shell_name, scripts, tmp_path):
    connection, expected = CONNECTIONS[name]
    said = databases_said(scripts, tmp_path, as_bbs_json(connection), as_bbs_json(connection, "one line"), shell_name)
    assert said == [expected, expected]
    assert not (tmp_path / "x").exists() and not pathlib.Path("x").exists()


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_ambiguous_connection_strings(name, scripts, tmp_path):
    said = databases_said(scripts, tmp_path, as_bbs_json(AMBIGUOUS[name]), as_bbs_json(AMBIGUOUS[name], "one line"))
    assert said in ([None, None], ["db.example:5433"] * 2)


NOT_JSON = ["", "c4n4ry", "\0\udcff\udcfec4n4ry", '{"database_connection_string":', '{"database_connection_string": c4n4ry}', '{"database_connection_string": "postgres://x:c4n4ry@db',
            "database_connection_string: postgres://x:c4n4ry@db.example:5433/d", '{"database_connection_string": null}', '["postgres://x:c4n4ry@db.example:5433"]']


@pytest.mark.parametrize("text", NOT_JSON)
def test_what_is_no_configuration_names_no_database(text, scripts, tmp_path):
    assert databases_said(scripts, tmp_path, text, text) == [None, None]


def test_no_password_ever_passes(scripts, tmp_path):
    """Canaries between and around all that means something in connection strings, two at a time."""
    pieces = ["", "@", ":", "/", "?", "#", "%", "%40", "\\\"", "\\\\", " ", "'", "$x", "`", "(", ")", "tcp(", "@[", "]", ":99", ":99/", "\\t", "{", "*", "--", "&x=y", "\\n"]
    pairs = random.Random(20261122).sample(list(itertools.product(pieces, repeat=2)), 160)
    passwords = [one + CANARY + other for one, other in pairs]
    urls = [f"postgres://diego:{password}@db.example:5433/diego" for password in passwords]
    sources = [f"diego:{password}@tcp(db.example:5433)/diego" for password in passwords]
    path = path_of(tmp_path, bash=False)

    def one(number):
        folder = tmp_path / str(number)
        said = databases_said(scripts, folder, as_bbs_json(urls[number]), as_bbs_json(sources[number]), path=path)
        return [(text, what) for text, what in zip((urls[number], sources[number]), said) if what not in (None, "db.example:5433")]

    # An at sign before a slash or its like: see AMBIGUOUS.
    numbers = [number for number, password in enumerate(passwords) if "@" not in password.partition(CANARY)[0] or not any(sign in password.partition(CANARY)[2] for sign in "/?#")]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [item for found in pool.map(one, numbers) for item in found]
    assert wrong == []


def test_canaries_in_logs_stay_inside(scripts, tmp_path):
    folder = tmp_path / "sys/log/bbs"
    folder.mkdir(parents=True)
    (folder / "bbs.stdout.log").write_text('{"message":"bbs.started","data":{"url":"postgres://u:c4n4ry@db/x"}}\n{"message":"bbs.sql","data":"x c4n4ry@y"}\n'
                                           '{"message":"bbs.request","data":"c4n4ry"}\n', encoding="utf-8")
    (folder / "bbs.stderr.log").write_text("c4n4ry\n", encoding="utf-8")
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ASK_BBS, path=path_of(tmp_path, bash=False))
    text = parts["log-bbs"][1]
    assert "postgres://@db/x" in text
    assert "bbs.request" not in text


@pytest.mark.parametrize("shell_name", [
    "dash", "busybox", "bash"])
def test_each_answer_comes_in_one_write(shell_name, scripts, tmp_path):
    """Else the answers of questions that are asked in parallel mix."""
    write_job(tmp_path, "bbs", as_bbs_json("postgres://u:p@db.example:1/d"))
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)  # keeps writes apart
    command = [*shell(shell_name), "-c", scripts["bbs"], "cfee-bbs", "2", f"V={tmp_path}", *ASK_BBS]
    with ours, theirs:
        subprocess.run(command, env={"PATH": path_of(tmp_path, bash=False)}, stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=20, check=False)
        ours.setblocking(False)
        writes = []
        while True:
            try:
                writes.append(ours.recv(65536).decode("utf-8"))
            except BlockingIOError:
                break
    names = [name for write in writes for name in transcripts.parts_of(write)]
    assert {"clock", "jobs", "ping", "locket", "locks", "port-bbs", "database-bbs", "done"} <= set(names)


@pytest.mark.parametrize("status, port", [(0, "unasked"), (7, "1 nc")])
def test_who_answers_is_not_asked_whether_it_listens(status, port, scripts, tmp_path):
    executable(tmp_path / "jobs/global-properties/bin/readiness/diego-api", f"#!/bin/sh\nexit {status}\n")
    write_job(tmp_path, "bbs", "{}")
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ASK_BBS, path=path_of(tmp_path, nc="nc.openbsd"))
    assert parts["ping"][0] == str(status) and parts["port-bbs"][0] == port


# ---- Everything ends in time, and nothing stays


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def sleeping_readiness(root):
    executable(root / "jobs/global-properties/bin/readiness/diego-api", "#!/bin/sh\nexec /bin/sleep 9\n")


def readiness_with_a_child(root):
    executable(root / "jobs/global-properties/bin/readiness/diego-api", "#!/bin/sh\n/bin/sleep 9\necho no\n")


def hanging_cfdot(root):
    executable(root / "cfdot", "#!/bin/sh\nexec /bin/sleep 9\n")
    executable(root / "jobs/cfdot/bin/setup", f"cfdot() {{ {root}/cfdot; }}\n")


def hanging_cfdot_in_path(root):
    executable(root / "packages/cfdot", "#!/bin/sh\nexec /bin/sleep 9\n")
    executable(root / "jobs/cfdot/bin/setup", f"export PATH={root}/packages:$PATH\n")


def hanging_setup(root):
    executable(root / "jobs/cfdot/bin/setup", "read x < <(/bin/sleep 9)\n")


def log(root, job):
    folder = root / f"sys/log/{job}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{job}.stdout.log"


def large_logs(root):
    for job in ("bbs", "locket"):
        with open(log(root, job), "w", encoding="utf-8") as file:
            line = '{"timestamp":"1795355116.6","source":"%s","message":"%s.request.%s","log_level":1}\n' % (job, job, "x" * 300)
            for _ in range(50 * 1024 * 1024 // len(line)):
                file.write(line)


def a_log_without_line_ends(root):
    with open(log(root, "bbs"), "wb") as file:
        file.write(b"bbs.started " * (50 * 1024 * 1024 // 12))


def fifo_log(root):
    os.mkfifo(log(root, "bbs"))


def fifo_logs(root):
    os.mkfifo(log(root, "bbs"))
    os.mkfifo(log(root, "locket"))


def fifo_error_log(root):
    log(root, "bbs").write_text("", encoding="utf-8")
    os.mkfifo(root / "sys/log/bbs/bbs.stderr.log")


def large_error_log(root):
    log(root, "bbs").write_text("", encoding="utf-8")
    (root / "sys/log/bbs/bbs.stderr.log").write_bytes(b"x509: bad certificate\n" * 2_000_000)


def fifo_configuration(root):
    (root / "jobs/bbs/config").mkdir(parents=True)
    os.mkfifo(root / "jobs/bbs/config/bbs.json")


def all_at_once(root):
    readiness_with_a_child(root)
    hanging_cfdot(root)
    large_logs(root)


# What hangs, the part that tells of it, and its status there
SLOW = {
    "readiness sleeps": (sleeping_readiness, "ping", "137"),
    "readiness waits for a child": (readiness_with_a_child, "ping", "137"),
    "cfdot hangs": (hanging_cfdot_in_path, "locks", "137"),
    "cfdot hangs as a child": (hanging_cfdot, "locks", "137"),
    "cfdot's setup hangs": (hanging_setup, "locks", "137"),
    "logs of 50 MB": (large_logs, "log-bbs", "0"),
    "a log without line ends": (a_log_without_line_ends, "log-bbs", "0"),
    "a log that is a FIFO": (fifo_log, "log-bbs", "absent"),
    "two logs that are FIFOs": (fifo_logs, "log-locket", "absent"),
    "an error log that is a FIFO": (fifo_error_log, "log-bbs", "0"),
    "an error log of 44 MB": (large_error_log, "log-bbs", "0"),
    "a configuration that is a FIFO": (fifo_configuration, "database-bbs", "unreadable"),
    "all at once": (all_at_once, "ping", "137"),
}


TOOL_SETS = {"all tools": {"nc": "nc.openbsd"}, "busybox all through": NCS["busybox all through"]}
CHILDREN = "busybox's timeout ends the program itself only; a child of it holds the pipe"
LATE = {(name, "busybox all through"): CHILDREN for name in ("readiness waits for a child", "cfdot hangs as a child", "cfdot's setup hangs", "all at once")}
CASES = [pytest.param(name, tools, marks=pytest.mark.xfail(strict=True, reason=LATE[name, tools])) if (name, tools) in LATE else (name, tools)
         for name, tools in itertools.product(SLOW, TOOL_SETS)]


def run_slow(scripts, root, name, tools, locket):
    """As run(), and what was left three seconds after the end; None where it did not end at all."""
    root.mkdir()
    SLOW[name][0](root)
    script = scripts["locket" if SLOW[name][1] == "log-locket" else "bbs"]
    path = path_of(root, **TOOL_SETS[tools])
    try:
        parts, printed, took, marker = run(script, root, ["limit=2", f"fallback={locket}", "locks=yes", PING], "busybox" if "busybox" in tools else "dash", path, timeout=12)
    except subprocess.TimeoutExpired:
        return None
    # What watches for busybox's timeout may outlive what it watches by its own time.
    return parts, printed, took, left_behind(marker, within=0.5 if tools == "all tools" else 3.2)


@pytest.fixture(name="slow_runs", scope="module")
def fixture_slow_runs(scripts, places, tmp_path_factory):
    """All of them, some at a time, since they mostly wait."""
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        return {(name, tools): pool.submit(run_slow, scripts, tmp_path_factory.mktemp("slow") / "root", name, tools, places.address("open"))
                for name, tools in itertools.product(SLOW, TOOL_SETS)}


@pytest.mark.parametrize("name, tools", CASES)
def test_it_ends_in_time(name, tools, slow_runs):
    _, part, status = SLOW[name]
    result = slow_runs[name, tools].result()
    assert result is not None, "it did not end"
    parts, printed, took, left = result
    assert took <= 2 + MARGIN, f"it took {took:.1f} s"
    assert parts[part][0] == status
    assert "done" in parts
    assert len(printed) < 40_000
    assert left == []


@pytest.mark.parametrize("name", ["bbs", "locket", "cloud-controller"])
def test_without_a_timeout_nothing_is_asked(name, scripts, tmp_path):
    path = path_of(tmp_path, nc="nc.openbsd", without=("timeout",))
    parts, printed, _, _ = run(scripts[name], tmp_path, ASK_BBS, path=path)
    assert parts == {} and "timeout" in printed


# ---- Locket: asked where the BBS itself asks it, behind a connection that opened, and not where it shall rest

def bbs_json(root, address, form="pretty"):
    text = {"pretty": '{\n  "listen_address": "0.0.0.0:8889",\n  "locket_address" : "%s",\n  "locket_ca_cert_file": "/x"\n}\n',
            "one line": '{"health_address":"127.0.0.1:8890","locket_address":"%s","locket_ca_cert_file":"/x"}'}[form]
    write_job(root, "bbs", text % address)


def telling_cfdot(root):
    """Says how it was called; the edition's setup names a service that may select nobody."""
    executable(root / "packages/cfdot", '#!/bin/sh\necho "$LOCKET_API_LOCATION $*"\n')
    executable(root / "jobs/cfdot/bin/setup", f"export PATH={root}/packages:$PATH LOCKET_API_LOCATION=diego-api.cf:8891\n")


@pytest.mark.parametrize("form", ["pretty", "one line"])
def test_locket_is_asked_where_the_bbs_asks_it(form, scripts, places, tmp_path):
    address = places.address("open")
    bbs_json(tmp_path, address, form)
    telling_cfdot(tmp_path)
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ["limit=2", "fallback=wrong.example:1", "locks=yes"], path=path_of(tmp_path, nc="nc.openbsd"))
    assert parts["locket"][0] == "0 nc" and parts["locket"][1].startswith(address + "\n")
    assert parts["locks"] == ("0", f"diego-api.cf:8891 locks --locketAPILocation {address}")
    assert parts["jobs"] == ("0", "")


@pytest.mark.parametrize("text", ["", "{}", '{"locket_address": 7}', '{"locket_address": "$(touch x):8891"}', '{"locket_address": "-x"}'])
def test_a_configuration_that_does_not_say_where(text, scripts, places, tmp_path):
    write_job(tmp_path, "bbs", text)
    path = path_of(tmp_path, nc="nc.openbsd")
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ["limit=2", "fallback=", "locks=yes"], path=path)
    assert (parts["locket"], parts["locks"]) == (("unreadable", ""), ("unasked", ""))
    telling_cfdot(tmp_path)
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ["limit=2", f"fallback={places.address('open')}", "locks=yes"], path=path)
    assert parts["locks"][1].endswith(" locks --locketAPILocation " + places.address("open"))
    write_job(tmp_path, "locket", "{}")  # Locket is one of the pod's own jobs
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ["limit=2", "fallback=wrong.example:1", "locks=yes"], path=path)
    assert parts["locket"][1].startswith("127.0.0.1:8891\n")
    assert parts["jobs"] == ("0", "locket")


@pytest.mark.parametrize("kind, locks", [("refused", "yes"), ("timed out", "yes"), ("unknown name", "yes"), ("open", "no")])
def test_locket_is_left_alone(kind, locks, scripts, places, tmp_path):
    bbs_json(tmp_path, places.address(kind))
    telling_cfdot(tmp_path)
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ["limit=2", "fallback=", f"locks={locks}"], path=path_of(tmp_path, nc="nc.openbsd"))
    assert parts["locks"] == ("unasked", "")
    assert parts["locket"][1].startswith(places.address(kind))


def lager(second, message, error="", source="bbs"):
    return '{"timestamp":"%d.5","source":"%s","message":"%s","log_level":1,"data":{"error":"%s"}}\n' % (1795341000 + second, source, message, error)


def test_a_failed_attempt_a_second_pushes_nothing_out(scripts, tmp_path):
    started = lager(0, "bbs.starting") + lager(1, "bbs.locket-lock.started")
    log(tmp_path, "bbs").write_text(started + "".join(lager(2 + n, "bbs.locket-lock.failed-to-acquire-lock", f"desc = no {n}") for n in range(200)), encoding="utf-8")
    refusing = "".join(lager(n, "locket.lock.failed-locking-lock", f"sql-unknown {n}", "locket") for n in range(200))
    given = lager(0, "locket.lock.lock.acquired-lock", "", "locket")
    log(tmp_path, "locket").write_text(lager(0, "locket.started", "", "locket") + given + refusing, encoding="utf-8")
    path = path_of(tmp_path, bash=False)
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ASK_BBS, path=path)
    lines = parts["log-bbs"][1].splitlines()
    assert [json.loads(line)["message"].rpartition(".")[2] for line in lines] == ["starting", "started", "failed-to-acquire-lock", "failed-to-acquire-lock"]
    assert "no 199" in lines[-1]
    parts, _, _, _ = run(scripts["locket"], tmp_path, ASK_BBS, path=path)
    lines = parts["log-locket"][1].splitlines()
    assert "locket.started" in lines[0] and "acquired-lock" in lines[1] and "sql-unknown 199" in lines[-1] and len(lines) == 4


BUSY = "".join(lager(100 + n, "bbs.request.serving", "x" * 200) for n in range(1200))  # longer than the end that is always read
LOST = "".join(lager(n, "bbs.locket-lock.lost-lock", f"no {n}") for n in range(25))
OLD = {  # what the log before, compressed or not, and the log itself hold; the messages that must be sent
    "a busy one": (None, None, lager(0, "bbs.starting") + lager(1, "bbs.locket-lock.acquired-lock") + BUSY, ["bbs.starting", "bbs.locket-lock.acquired-lock"]),
    "events at both ends": (None, None, lager(0, "bbs.starting") + BUSY + lager(9999, "bbs.locket-lock.lost-lock"), ["bbs.starting", "bbs.locket-lock.lost-lock"]),
    "rotated": (None, lager(0, "bbs.starting") + BUSY, lager(2000, "bbs.locket-lock.acquired-lock"), ["bbs.starting", "bbs.locket-lock.acquired-lock"]),
    "rotated, and compressed": (lager(0, "bbs.starting"), None, BUSY, ["bbs.starting"]),
    "rotated, and nobody needs it": (None, lager(0, "bbs.locket-lock.acquired-lock"), lager(1, "bbs.starting"), ["bbs.starting"]),
    "failed attempts push nothing out of it": (None, None, lager(0, "bbs.starting") + "".join(lager(1, "bbs.locket-lock.failed-to-acquire-lock", f"no {n}") for n in range(3000)),
                                               ["bbs.starting"] + ["bbs.locket-lock.failed-to-acquire-lock"] * 2),
    "losses": (None, None, LOST + "".join(lager(50 + n, "bbs.started") for n in range(40)), ["bbs.locket-lock.lost-lock"] * 20 + ["bbs.started"] * 30),
}


@pytest.mark.parametrize("shell_name, path", [("dash", {}), ("bash", {"awk": "gawk"}), ("busybox", {"busybox": True, "awk": "busybox"})], ids=["dash", "bash", "busybox"])
@pytest.mark.parametrize("name", OLD)
def test_lock_events_come_from_the_whole_log(name, shell_name, path, scripts, tmp_path):
    compressed, before, now, expected = OLD[name]
    file = log(tmp_path, "bbs")
    file.write_text(now, encoding="utf-8")
    if before:
        file.with_name(file.name + ".1").write_text(before, encoding="utf-8")
    if compressed:
        file.with_name(file.name + ".1.gz").write_bytes(gzip.compress(compressed.encode()))
    parts, printed, _, _ = run(scripts["bbs"], tmp_path, ASK_BBS, shell_name, path_of(tmp_path, bash=False, **path))
    assert [json.loads(line)["message"] for line in parts["log-bbs"][1].splitlines()] == expected
    assert len(printed) < 40_000


def test_a_log_without_awk_says_nothing(scripts, tmp_path):
    log(tmp_path, "bbs").write_text(lager(0, "bbs.starting"), encoding="utf-8")
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ASK_BBS, path=path_of(tmp_path, bash=False, awk=None))
    assert parts["log-bbs"] == ("0", "") and "done" in parts


def test_a_log_that_cannot_be_read_to_its_end_is_not_read_by_half(scripts, tmp_path):
    """Old events without those in between would be taken for the last ones."""
    log(tmp_path, "bbs").write_text(lager(0, "bbs.starting") + BUSY, encoding="utf-8")
    path = path_of(tmp_path, bash=False)
    executable(tmp_path / "head", '#!/bin/sh\n[ $# = 2 ] || { /usr/bin/head "$@"; exec /bin/sleep 9; }\nexec /usr/bin/head "$@"\n')
    parts, _, took, _ = run(scripts["bbs"], tmp_path, ASK_BBS, path=f"{tmp_path}:{path}")
    assert parts["log-bbs"][1] == "" and took < 5


def test_only_the_lock_clients_lines_about_certificates_are_sent(scripts, tmp_path):
    log(tmp_path, "bbs").write_text(lager(0, "bbs.starting"), encoding="utf-8")
    client = "2026/11/22 10:00:03 transport: http2Client.notifyError got notified that the client transport was broken remote error: tls: expired certificate.\n"
    servers = '2026/11/22 10:00:04 http: TLS handshake error from 10.0.0.1:1: remote error: tls: bad certificate\n' \
              '2026/11/22 10:00:05 grpc: Server.Serve failed to complete security handshake from "127.0.0.1:1": remote error: tls: bad certificate\n'
    strangers = lager(1, "bbs.request.start-lrp", "x509: certificate signed by unknown authority")
    with log(tmp_path, "bbs").open("a", encoding="utf-8") as file:
        file.write(strangers * 3)
    (tmp_path / "sys/log/bbs/bbs.stderr.log").write_text(client + servers * 9, encoding="utf-8")
    parts, _, _, _ = run(scripts["bbs"], tmp_path, ASK_BBS, path=path_of(tmp_path, bash=False))
    assert parts["log-bbs"][1].splitlines()[1:] == [client.rstrip("\n")]


def test_no_request_line_is_longer_than_proxies_take(tmp_path):
    """An exec's words travel in the URL, and proxies cut it at 8 KB; 6 are ours."""
    kubectl = faking.FakeKubectl(tmp_path / "fake", STUCK)
    product.run("diagnose", "--address", "a" * 63 + "." + "b" * 63 + ":8889", env=kubectl.env)
    lines = {}
    for argv in kubectl.calls():
        if "exec" in argv:
            at = argv.index("--")
            query = [("command", word) for word in argv[at + 1:]] + [("container", "c" * 63), ("stderr", "true"), ("stdout", "true")]
            path = f"/api/v1/namespaces/{'n' * 63}/pods/{'p' * 63}/exec?"
            lines[argv[at + 4]] = len("POST " + path + urllib.parse.urlencode(query) + " HTTP/1.1")
    print(lines)
    assert set(lines) == {"cfee-cloud-controller", "cfee-bbs", "cfee-locket", "cfee-stacks", "cfee-database", "cfee-supervision"}
    assert max(lines.values()) <= 6 * 1024, lines


def test_a_script_whose_reader_has_gone_ends_too(scripts, tmp_path):
    """Killing kubectl does not end what it has started in the pod: it must end by itself."""
    readiness_with_a_child(tmp_path)
    hanging_cfdot(tmp_path)
    marker = uuid.uuid4().hex
    command = [*shell("dash"), "-c", scripts["bbs"], "cfee-bbs", "2", f"V={tmp_path}", *ASK_BBS]
    process = subprocess.Popen(command, env={"PATH": path_of(tmp_path, nc="nc.openbsd"), "CFEE_TEST_MARKER": marker}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdout.close()
    process.wait(timeout=6)
    assert left_behind(marker, within=0.1) == []
