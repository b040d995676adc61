"""Tells tests/fake_kubectl what to answer: what a transcript says, but for what a test changes."""
import json
import os
import pathlib
import select

import product
import transcripts

HERE = pathlib.Path(__file__).resolve().parent
PROGRAM = product.BUILD / "tests" / "fake_kubectl" / "fake-kubectl"
HEALTHY = HERE / "recorded" / "healthy.jsonl"


def words_of(argv):
    """What tells a recorded call from the others, without flags of ours that may change."""
    if "exec" in argv:
        return ["exec", argv[argv.index("-n") + 2]]
    if "config" in argv:
        return ["config"]
    return ["get", *argv[argv.index("--watch=false") + 1:]]


def each_string(value, convert):
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, list):
        return [each_string(inner, convert) for inner in value]
    if isinstance(value, dict):
        return {key: each_string(inner, convert) for key, inner in value.items()}
    return value


def as_bytes(text):
    """A character for each byte: JSON has no others than characters."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def from_bytes(text):
    return text.encode("latin-1").decode("utf-8", "surrogateescape")


class FakeKubectl:
    """A folder with answers. Those given first count first."""

    def __init__(self, folder, recording=HEALTHY):
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.bell = folder / "bell"
        if not self.bell.exists():
            os.mkfifo(self.bell)
        self.answers = [
            {"when": words_of(line["argv"]), "stdout": line["stdout"], "stderr": line["stderr"], "code": line["code"]}
            for line in (transcripts.read(recording) if recording else []) if "argv" in line
        ]
        # No stage of a recording had an auctioneer.
        self.answers.append({"when": ["skiff-role-name in (diego-brain,auctioneer)"], "stdout": '{"kind":"List","items":[]}'})

    def answer(self, *words, **answer):
        """Calls with all these words as arguments are answered so, whatever was said before."""
        self.answers.insert(0, {"when": list(words), **answer})
        return self

    @property
    def env(self):
        # At once, or not at all: calls may be under way.
        (self.folder / "spec.new").write_text(json.dumps(each_string(self.answers, as_bytes)), encoding="utf-8")
        (self.folder / "spec.new").rename(self.folder / "spec.json")
        return {"FAKE_KUBECTL": str(self.folder), "KUBECTL_PATH": str(PROGRAM)}

    def records(self):
        """What each call left, in the order of their beginning."""
        return [each_string(json.loads(path.read_text(encoding="utf-8")), from_bytes) for path in sorted(self.folder.glob("call-*.json"))]

    def calls(self):
        """Their argument lists."""
        return [record["argv"] for record in self.records()]

    def hanging(self):
        """The argument lists of those that do not end by themselves."""
        return [record["argv"] for record in self.records() if record["behaviour"] == "hang"]

    def until(self, is_so, seconds=30):
        """Waits for calls, until this is so."""
        bell = os.open(self.bell, os.O_RDWR | os.O_NONBLOCK)
        try:
            while not is_so():
                assert select.select([bell], [], [], seconds)[0], f"no call for {seconds} s; until then: {self.calls()}"
                os.read(bell, 65536)
        finally:
            os.close(bell)

    def scripts(self):
        """By name: the script's text as sent."""
        execs = [argv for argv in self.calls() if "exec" in argv]
        return {argv[argv.index("--") + 4]: argv[argv.index("--") + 3] for argv in execs}

    def survivors(self, within=1):
        """Process ids of calls, and of what they started, that do not end within so many seconds: they were killed, but on
        a busy machine it takes a moment until that is done. By themselves they would live much longer."""
        return [pid for record in self.records() for pid in record["pids"] if not ends(pid, within)]


def ends(pid, within):
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([process], [], [], within)[0])
    finally:
        os.close(process)


def path_without_kubectl(folder):
    """A PATH that holds no kubectl, wherever this machine has one."""
    empty = folder / "empty-path"
    os.makedirs(empty, exist_ok=True)
    return str(empty)
