"""Heals of a hang that the stacks prove: no grace period; and those in which something of the proof is missing."""
import datetime

import pytest

import edits
import heals
import product
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
    result = heal(tmp_path, to_the_deletion(), "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]
    assert 15 <= seconds_to_the_deletion(result) <= 40
    for sentence in ("the hang is proved: no grace period needed",
                     "diego-api-1's BBS waits for Locket's answer to its request for the lock",
                     "in diego-api-0's Locket 4 requests have waited for the database for at least 15 s, and none is answered"):
        assert sentence in result.err
        assert sentence in [event["event"] for event in result.document["timeline"]]


def live(tmp_path, frames, *arguments, **how):
    """As on a cluster: of that evidence is saved. Without a context, whose flags the recorded commands lack."""
    context = next(line for line in look() if "config" in line["argv"])
    frames = [[{**context, "code": 1, "stdout": "", "stderr": "error: current-context must exist in order to minify\n"}]] + frames
    return product.run("heal", "-o", "json", "--evidence", tmp_path / "kept", *arguments, cluster=heals.written(tmp_path / "cluster.jsonl", frames, HUNG), **how)


def events(result):
    return [event["event"] for event in result.document["timeline"]]


def silent(locks="137"):
    """Locket does not answer, and the BBS has not lost its lock yet."""
    lines = edits.in_turn(edits.settled, edits.part(lambda line: "cfee-bbs" in line["argv"], "locks", locks, ""))(heals.look(HEALTHY))
    new = heals.uids(heals.look(HUNG))
    for name, uid in heals.uids(lines).items():
        lines = [{**line, "stdout": line["stdout"].replace(uid, new[name])} for line in lines]
    return lines


def test_a_heal_that_begins_while_the_bbs_still_serves_waits_for_the_hang(tmp_path):
    result = heal(tmp_path, [silent()] + [silent("unasked")] * 2 + to_the_deletion(), "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert events(result)[0] == "looked: locket-silent, remedy fix-first"
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]


def test_a_locket_that_stays_silent_beside_a_bbs_that_serves_is_left_to_a_person(tmp_path):
    result = heal(tmp_path, [silent()] + [silent("unasked")] * 11, "--yes", "--force")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
    assert "accepts the connection and does not answer" in " ".join(result.document["because"])
    assert "   31." in result.err and "   40." not in result.err


def to_the_deletion():
    return [look(), look(heard=None), heals.nodes(), look(), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + ends()


def test_evidence_is_saved_between_the_two_looks(tmp_path):
    result = live(tmp_path, to_the_deletion(), "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    looked, saved = "looked: bbs-lock-stuck, remedy restart", f"evidence saved in {tmp_path}/kept"
    assert events(result)[:4] == [looked, saved, looked, "the hang is proved: no grace period needed"]
    assert events(result).count(saved) == 1
    assert result.document["evidence"] == f"{tmp_path}/kept"
    assert (tmp_path / "kept" / "MANIFEST").exists()
    assert 15 <= seconds_to_the_deletion(result) <= 40


def relabelled(lines):
    """The label has moved to diego-api-1."""
    def change(pod):
        pod["metadata"]["labels"]["skiff-role-active"] = str(pod["metadata"]["name"] == "diego-api-1").lower()
        return pod
    return heals.changed(lines, change)


@pytest.mark.parametrize("frames, arguments, how, outcome", [
    ([look(), heals.look(HEALTHY)], ["--yes"], {}, "healed-by-itself"),
    ([look(), look(), heals.nodes()], [], {"answers": ["n"]}, "declined"),
    ([look()] + [look(heard=("7 postgres", "Connection refused"))] * 20, ["--yes"], {}, "refused"),
], ids=["it passes", "declined", "another cause"])
def test_evidence_is_named_where_no_restart_follows(frames, arguments, how, outcome, tmp_path):
    result = live(tmp_path, frames, *arguments, **how)
    assert (result.document["outcome"], deleted(result)) == (outcome, []), result.err
    assert result.document["evidence"] == f"{tmp_path}/kept"
    assert (tmp_path / "kept" / "MANIFEST").exists()


@pytest.mark.parametrize("arguments", [["--yes", "--dry-run=client"], ["--yes", "--dry-run=server"], []], ids=["client", "server", "nobody can agree"])
def test_where_no_deletion_can_follow_nothing_is_kept(arguments, tmp_path):
    frames = [look()] + ([look()] if not arguments else []) + [heals.nodes(), heals.deletions(HUNG, dry_run=True)]
    result = live(tmp_path, frames, *arguments)
    assert result.document["outcome"] == ("planned" if arguments else "refused"), result.err
    assert result.document["evidence"] is None
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("last, outcome", [(look(), "refused"), (heals.look(HEALTHY), "healed-by-itself")], ids=["a deletion is due", "it passes"])
def test_without_evidence_it_is_refused_when_a_deletion_is_due(last, outcome, tmp_path):
    (tmp_path / "kept").write_text("", encoding="utf-8")
    result = live(tmp_path, [look(), last, heals.nodes()] + [look()] * 3 + [heals.deletions(HUNG)], "--yes")
    assert (result.document["outcome"], deleted(result)) == (outcome, []), result.err
    assert result.document["evidence"] is None
    assert events(result)[1].startswith("no evidence was saved: ")
    assert (tmp_path / "kept").read_text(encoding="utf-8") == ""


def test_evidence_of_what_is_restarted_is_kept_beside_that_of_others(tmp_path):
    frames = [look()] + [relabelled(look())] * 2 + [heals.nodes(), relabelled(look()), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + ends()
    result = live(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert [event for event in events(result) if "evidence" in event] == [f"evidence saved in {tmp_path}/{name}" for name in ("kept", "kept-again")]
    assert result.document["evidence"] == f"{tmp_path}/kept-again"


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
