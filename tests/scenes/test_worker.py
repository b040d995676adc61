"""The worker answers as a process would; what it was asked before leaves nothing behind; and what needs a process is told so."""
import re

import pytest

import faking
import heals
import product
import worker

HUNG, HEALTHY = "locket-hung", "healthy"
RECORDED = faking.HEALTHY.parent


def replay(name):
    return lambda folder: ["diagnose", "--replay", RECORDED / f"{name}.jsonl"]


def heal(*frames, header=HUNG, arguments=()):
    return lambda folder: ["heal", "--replay", heals.written(folder / "heal.jsonl", list(frames), header), *arguments]


def cured():
    return [heals.glance(HUNG, heals.terminating)] + [heals.look(HEALTHY, heals.renewed)] * 2


TO_THE_DELETION = [heals.look(HUNG), heals.nodes(), heals.look(HUNG), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]
AT_ONCE = ["--no-evidence", "--grace", "0s"]
AGREED = [*AT_ONCE, "--yes"]
UNSURE = [{**line, "code": 1, "stdout": "", "stderr": "error: no\n"} for line in heals.execs(heals.look(HUNG, heals.renewed))]
UNVERIFIED = heals.glance(HEALTHY, heals.renewed) + UNSURE

# Each exit status and each command once as a process, in both forms: (arguments, exit status)
ENDS = {
    "healthy": (replay(HEALTHY), 0),
    "in colour": (lambda folder: [*replay(HUNG)(folder), "--color", "always"], 1),
    "in ASCII": (lambda folder: [*replay(HUNG)(folder), "--no-color"], 1),
    "a problem": (replay("database-down"), 1),
    "wrong usage": (lambda folder: ["diagnose", "--xyzzy"], 2),
    "wrong usage of heal": (lambda folder: ["heal", "--grace", "soon"], 2),
    "wrong usage of evidence": (lambda folder: ["evidence", "--yes"], 2),
    "inconclusive": (lambda folder: ["diagnose", "--replay", folder / "none.jsonl"], 3),
    "planned": (heal(heals.look(HUNG), heals.nodes(), arguments=["--dry-run"]), 0),
    "healed": (heal(*TO_THE_DELETION, *cured(), arguments=AGREED), 0),
    "not healed": (heal(*TO_THE_DELETION, *[heals.glance(HUNG, heals.waiting("ImagePullBackOff"))] * 60, arguments=AGREED), 1),
    "refused": (heal(heals.look("database-down"), header="database-down"), 4),
    "unverified": (heal(*TO_THE_DELETION, *[UNVERIFIED] * 9, arguments=[*AGREED, "--timeout", "5s"]), 5),
    "deadline": (heal(*TO_THE_DELETION, *[heals.glance(HUNG, heals.terminating)] * 15, heals.look(HUNG, heals.terminating), arguments=[*AGREED, "--timeout", "5s"]), 6),
}


def without_times(text):
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z|(?<=\"durationSeconds\": )[\d.]+", "TIME", text)


def said_by_both(words, env):
    process, answer = (product.run(*words, as_process=how, env=env) for how in (True, False))
    for one, other in ((process.out, answer.out), (process.err, answer.err)):
        assert without_times(one) == without_times(other)
    assert process.status == answer.status
    return process.status


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", ENDS)
def test_a_process_says_the_same(name, form, tmp_path):
    arguments, status = ENDS[name]
    env = {"LC_ALL": "C"} if name == "in ASCII" else {}
    words = [*arguments(tmp_path), "-o", form]
    assert said_by_both(words, env) == status


@pytest.mark.parametrize("words", [["help"], ["help", "heal"], ["diagnose", "-h"]], ids=" ".join)
def test_a_process_helps_the_same(words):
    assert said_by_both(words, {}) == 0


REQUESTS = [
    (["diagnose", "--replay", RECORDED / "locket-hung.jsonl", "--color=always"], {}),
    (["diagnose", "--replay", RECORDED / "locket-hung.jsonl"], {"env": {"LC_ALL": "C"}}),
    (["diagnose", "--replay", RECORDED / "locket-hung.jsonl"], {"out": {"columns": 100}, "err": {}, "env": {"TERM": "xterm"}}),
    (["diagnose", "--replay", RECORDED / "healthy.jsonl", "-o", "json"], {}),
    (["diagnose", "--replay", RECORDED / "healthy.jsonl"], {}),
    (["diagnose", "--replay", "/nothing"], {}),
    (["diagnose", "--xyzzy"], {}),
    (["help"], {}),
]


def said(index):
    arguments, how = REQUESTS[index]
    result = product.run(*arguments, **how)
    return result.status, result.out, result.err


@pytest.mark.parametrize("second", range(len(REQUESTS)))
def test_a_request_changes_nothing_for_the_next(second):
    alone = said(second)
    for first in range(len(REQUESTS)):
        said(first)
        assert said(second) == alone, REQUESTS[first]


def test_a_run_that_needs_a_cluster_is_told_that_it_needs_a_process():
    with pytest.raises(AssertionError, match="as_process=True"):
        product.run("diagnose")


def agreed(tmp_path, *answers):
    frames = [*TO_THE_DELETION, *cured()]
    return product.run("heal", "--replay", heals.written(tmp_path / "heal.jsonl", frames), *AT_ONCE, "-o", "json", answers=answers)


def test_a_person_who_agrees(tmp_path):
    result = agreed(tmp_path, "y")
    assert (result.status, result.document["outcome"]) == (0, "healed")
    assert "[y/N]" in result.err


@pytest.mark.parametrize("answer", ["n", "", "yo"])
def test_a_person_who_does_not(answer, tmp_path):
    result = agreed(tmp_path, answer)
    assert (result.status, result.document["outcome"], result.document["actions"]) == (4, "declined", [])


def test_a_worker_that_dies_is_named_and_another_takes_over():
    ours = worker.Worker(product.WORKER.program)
    request = {"arguments": ["x", "help"], "environment": {}}
    assert ours.ask(request, 30)["status"] == 0
    with pytest.raises(AssertionError, match="no answer from the worker"):
        ours.ask({"arguments": 1}, 30)
    assert ours.ask(request, 30)["status"] == 0
    assert ours.end() == (0, "")
