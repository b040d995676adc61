"""Heals of a hang that the stacks prove: no grace period; and those in which something of the proof is missing."""
import datetime

import pytest

import heals
from test_heal import HEALTHY, HUNG, back, deleted, heal

WAITS = "total=41 migrates=0 processes=,7:4711 lock=,58 wait= outside=0 end"
HANGS = "total=71 migrates=0 processes=,8:4712 lock= wait=,1197,1099,1237,1098 outside=0 end"
ACCEPTS = "open\nR\\000\\000\\000\\010\n\\000\\000\\000\\003"


def part(name, status, text):
    return f"\n<cfee:{name} {status}>\n{text}\n</cfee>\n"


def look(waits=WAITS, hangs=HANGS, heard=("0 postgres", ACCEPTS)):
    """The recorded one, in which stacks and databases were asked too, and said this; no databases in one behind another."""
    lines = heals.look(HUNG)
    said = {"cfee-stacks": part("stacks-bbs", "0 curl", waits) + part("stacks-locket", "0 curl", hangs) + part("done", "3", ""),
            "cfee-database": heard and part("answer-bbs", *heard) + part("answer-locket", *heard) + part("done", "2", "")}
    asked = [{**line, "argv": [script if word == "cfee-bbs" else word for word in line["argv"]], "stdout": stdout, "duration": 0.1}
             for script, stdout in said.items() if stdout for line in lines if "cfee-bbs" in line["argv"]]
    return lines + asked


def ends():
    return [heals.glance(HUNG, heals.terminating)] * 3 + [heals.glance(HUNG, heals.pending)] * 2 + back()


def seconds_to_the_deletion(result):
    at = [datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in (result.document["startedAt"], result.document["actions"][0]["at"])]
    return (at[1] - at[0]).total_seconds()


def test_a_hang_that_is_proved_needs_no_grace_period(tmp_path):
    frames = [look(), look(heard=None), heals.nodes(), look(), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + ends()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]
    assert 15 <= seconds_to_the_deletion(result) <= 40
    for sentence in ("the hang is proved: no grace period needed",
                     "diego-api-1's BBS waits for Locket's answer to its request for the lock",
                     "in diego-api-0's Locket 4 requests have waited for the database for at least 15 s, and none is answered"):
        assert sentence in result.err
        assert sentence in [event["event"] for event in result.document["timeline"]]


def changing(name, *values):
    """Looks in each of which that is another one."""
    return [look(hangs=HANGS.replace(name, value)) for value in values]


NUMBERS = [str(number) for number in range(2001, 2031)]


@pytest.mark.parametrize("looks", [
    changing("1099", *NUMBERS),
    [look()] + [look(hangs=HANGS.replace("outside=0", "outside=1"))] * 30,
    changing("4712", *NUMBERS),
    [look(heard=("127 postgres", ""))] * 30,
    [look()] + [heals.look(HUNG)] * 30,
], ids=["requests are answered", "a request is under way", "other processes", "no bash to hear the database", "no stacks"])
def test_without_a_proof_the_grace_period_stays(looks, tmp_path):
    frames = looks + [heals.nodes(), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + ends()
    result = heal(tmp_path, frames, "--yes")
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")], result.err
    assert seconds_to_the_deletion(result) >= 60
    assert "no grace period needed" not in result.err


def test_the_look_before_the_deletion_hears_the_databases_itself(tmp_path):
    """The one before it had an answer that was less than a minute old."""
    frames = [look(), look(heard=None), heals.nodes()] + [look(heard=("127 postgres", ""))] * 30 + [heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + ends()
    result = heal(tmp_path, frames, "--yes")
    assert "the hang is proved" in result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")], result.err
    assert seconds_to_the_deletion(result) >= 60


@pytest.mark.parametrize("status, text", [("137 postgres", "open"), ("1 postgres", "open"), ("7 postgres", "Connection refused")])
def test_a_database_that_does_not_answer_is_final(status, text, tmp_path):
    """Stacks alone look just like that while it is frozen."""
    ill = [look(heard=(status, text))] * 20 + [heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]
    for frames in (ill, [look(), look(heard=None), heals.nodes()] + ill):
        result = heal(tmp_path, frames, "--yes", "--force", "--no-evidence")
        assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err


def test_a_hang_that_ends_before_the_deletion_is_left_alone(tmp_path):
    frames = [look()] * 2 + [heals.nodes()] + [heals.look(HEALTHY)] * 3
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed-by-itself", [])
