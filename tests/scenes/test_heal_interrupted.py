"""heal, interrupted in each of its phases: it stops at once, leaves no child, and says what it had done."""
import json
import os
import pty
import select
import signal
import subprocess
import time

import pytest

import edits
import faking
import heals
import product

KNOWN = heals.uids(heals.scene("locket-hung"))


def calm(name):
    """The scene with old pods and a lock at rest."""
    return edits.settled(heals.scene(name))


class Cluster:
    """What the fake kubectl answers: the incident, until the test says otherwise."""

    def __init__(self, folder):
        self.kubectl = faking.FakeKubectl(folder, recording=None)
        self.show(calm("locket-hung"))
        self.kubectl.answers.append({"when": ["get", "nodes"], "stdout": heals.nodes()[0]["stdout"]})
        for pod, uid in KNOWN.items():
            self.kubectl.answers.append({"when": ["delete", f"/api/v1/namespaces/cf/pods/{pod}"], "stdout": heals.deletion(pod, uid)["stdout"]})
        self.kubectl.answers.append({"when": ["logs"], "stdout": "a line\n"})
        self.kubectl.answers.append({"when": ["get", "events"], "stdout": '{"items":[]}'})

    def show(self, lines):
        self.kubectl.answers[:0] = [{"when": faking.words_of(line["argv"]), "stdout": line["stdout"], "code": line["code"]} for line in lines if "argv" in line]
        return self.kubectl.env


class Run:
    """A heal under way. What it says on standard error can be waited for."""

    def __init__(self, cluster, *arguments, terminal=False, hangup=signal.SIG_DFL):
        self.cluster = cluster
        self.told, slave = pty.openpty() if terminal else os.pipe()
        env = {**product.BASE, **cluster.kubectl.env}
        self.process = product.start("heal", "-o", "json", "--grace", "0s", *arguments, env=env, stdin=slave if terminal else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=slave,
                                     preexec_fn=lambda: signal.signal(signal.SIGHUP, hangup))
        os.close(slave)
        self.err = ""

    def read(self):
        try:
            data = os.read(self.told, 65536)
        except OSError:  # a terminal whose other end was closed
            return False
        self.err += data.decode("utf-8")
        return bool(data)

    def until_told(self, words):
        deadline = time.monotonic() + 30
        while words not in self.err:
            assert time.monotonic() < deadline, self.err
            if select.select([self.told], [], [], 0.1)[0]:
                assert self.read(), self.err

    def until_called(self, *words):
        self.cluster.kubectl.until(lambda: any(all(word in argv for word in words) for argv in self.cluster.kubectl.calls()))

    def interrupt(self, signal_number=signal.SIGINT):
        began = time.monotonic()
        self.process.send_signal(signal_number)
        out = self.process.communicate(timeout=20)[0]
        self.took = time.monotonic() - began
        while self.read():
            pass
        os.close(self.told)
        self.document = json.loads(out)
        product.VALIDATOR.validate(self.document)
        assert (self.process.returncode, self.document["outcome"]) == (128 + signal_number, "interrupted"), self.err
        assert self.document["exitStatus"] == self.process.returncode
        assert self.cluster.kubectl.survivors() == []
        return self.document

    def deletions_sent(self):
        return [argv for argv in self.cluster.kubectl.calls() if "delete" in argv]


@pytest.fixture
def cluster(tmp_path):
    return Cluster(tmp_path / "fake")


@pytest.fixture
def start(cluster, tmp_path):
    return lambda *arguments, **how: Run(cluster, "--evidence", tmp_path / "evidence", *arguments, **how)


@pytest.fixture
def start_bare(cluster):
    return lambda *arguments, **how: Run(cluster, "--yes", "--no-evidence", *arguments, **how)


def is_untouched(run):
    assert run.took < 1
    assert run.document["actions"] == []
    assert "nothing was changed" in " ".join(run.document["because"])


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_in_the_first_look(signal_number, cluster, start):
    cluster.kubectl.answer("exec", behaviour="hang")
    run = start("--yes")
    run.until_called("exec", "diego-api-1")
    run.interrupt(signal_number)
    is_untouched(run)


def test_in_the_grace_period(start):
    run = start("--yes", "--grace", "60s")
    run.until_told("looked: bbs-lock-stuck")
    run.interrupt()
    is_untouched(run)
    assert run.document["after"]["diagnosis"]["id"] == "bbs-lock-stuck"


def test_at_the_question(start):
    run = start(terminal=True)
    run.until_told("[y/N]")
    run.interrupt()
    is_untouched(run)
    assert run.deletions_sent() == []


def test_control_c_at_the_question(start):
    run = start(terminal=True)
    run.until_told("[y/N]")
    os.write(run.told, b"y")  # without a newline it is no answer
    run.interrupt()
    is_untouched(run)
    assert run.deletions_sent() == []


def test_while_evidence_is_collected(cluster, start):
    cluster.kubectl.answer("logs", behaviour="hang")
    run = start("--yes")
    run.until_called("logs")
    run.interrupt()
    is_untouched(run)
    assert run.deletions_sent() == []


def test_in_the_dry_run(cluster, start_bare):
    cluster.kubectl.answer("delete", input="dryRun", behaviour="hang")
    run = start_bare()
    run.until_called("delete")
    run.interrupt()
    is_untouched(run)


def test_while_a_deletion_is_under_way(cluster, start_bare):
    """Whether it was carried out is found out by one last look."""
    cluster.kubectl.answer("delete", behaviour="hang").answer("delete", input="dryRun", stdout=heals.deletion("x", "y")["stdout"])
    run = start_bare()
    run.until_told("would delete all of them")
    cluster.kubectl.until(lambda: len(run.deletions_sent()) == 4)
    cluster.show(heals.changed(calm("locket-hung"), lambda pod: None if pod["metadata"]["name"] == "diego-api-1" else pod))
    run.interrupt()
    results = {action["pod"]: action["result"] for action in run.document["actions"]}
    assert results == {"diego-api-0": "unknown", "diego-api-1": "deleted"}
    assert "diego-api-0: not deleted" in run.document["because"]
    assert "diego-api-1: gone" in run.document["because"]


def test_while_it_waits(cluster, start_bare):
    run = start_bare()
    run.until_told("diego-api-1: deleted")
    cluster.show(heals.changed(calm("locket-hung"), heals.terminating))
    run.until_told("is still being deleted")
    run.interrupt()
    assert "diego-api-0: being deleted" in run.document["because"]


def test_before_the_second_proof(cluster, start_bare):
    run = start_bare()
    run.until_told("diego-api-1: deleted")
    cluster.show(heals.changed(calm("healthy"), heals.renewed))
    run.until_told("healthy; looking again")
    run.interrupt()
    assert [action["result"] for action in run.document["actions"]] == ["deleted", "deleted"]
    assert run.document["after"]["diagnosis"]["id"] == "healthy"


def test_twice(cluster, start_bare):
    """The second one does not wait for the last look; what is known is said."""
    run = start_bare()
    run.until_told("diego-api-1: deleted")
    cluster.kubectl.answer("get", "pods", behaviour="hang")
    cluster.show([])
    hanging = cluster.kubectl.hanging
    cluster.kubectl.until(lambda: len(hanging()) == 1)  # a glance
    run.process.send_signal(signal.SIGINT)
    cluster.kubectl.until(lambda: len(hanging()) == 2)  # and the last look
    document = run.interrupt()
    assert run.took < 1
    assert [action["result"] for action in document["actions"]] == ["deleted", "deleted"]
    assert "its state is not known" in " ".join(document["because"])


def test_a_reader_that_goes_away_does_not_end_it(cluster, start_bare):
    """`heal 2>&1 | head`: nobody hears it any more, and it still proves what it did."""
    run = start_bare("--settle", "0s")
    run.until_told("diego-api-1: deleted")
    os.close(run.told)
    run.process.stdout.close()
    asked_before = len(cluster.kubectl.calls())
    cluster.show(heals.changed(calm("healthy"), heals.renewed))
    assert run.process.wait(timeout=30) == 0
    assert [argv for argv in cluster.kubectl.calls()[asked_before:] if "exec" in argv]


def test_a_hangup_that_was_ignored_from_the_start_stays_ignored(cluster, start_bare):
    """nohup."""
    run = start_bare("--settle", "0s", hangup=signal.SIG_IGN)
    run.until_told("diego-api-1: deleted")
    run.process.send_signal(signal.SIGHUP)
    cluster.show(heals.changed(calm("healthy"), heals.renewed))
    out = run.process.communicate(timeout=30)[0]
    os.close(run.told)
    assert (run.process.returncode, json.loads(out)["outcome"]) == (0, "healed")
