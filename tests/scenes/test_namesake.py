"""A BBS stands by behind an owner that is called like our other pod and does not serve: that is the runbook's fault only where
that pod's BBS waits for Locket, and its Locket for the database. In another foundation the pods have the same names."""
import pytest

import edits
import heals
import product
import transcripts
from test_heal import HUNG, deleted, heal
from test_heal_proved import HANGS, WAITS, look

STANDS_BY = WAITS.replace(",58", "")
IDLE = HANGS.replace(",1197,1099,1237,1098", "")


def of(pod, name, text):
    """What that pod says of the stacks of one of its processes."""
    def change(lines):
        changed = []
        for line in lines:
            if "cfee-stacks" in line["argv"] and transcripts.pod_of(line) == pod:
                said = transcripts.parts_of(line["stdout"])[f"stacks-{name}"]
                line = {**line, "stdout": line["stdout"].replace(said, f"\n<cfee:stacks-{name} 0 curl>\n{text}\n</cfee>\n")}
            changed.append(line)
        assert changed != lines
        return changed
    return change


def refused(pod):
    """Its log ends as that of a passive one does: another has the lock."""
    def change(lines):
        said = [line["stdout"] for line in lines if edits.is_exec_in("diego-api-1")(line) and "cfee-bbs" in line["argv"]]
        text = transcripts.parts_of(said[0])["log-bbs"].split(">\n", 1)[1].rsplit("\n</cfee>", 1)[0]
        assert "lock-collision" in text
        return edits.part(lambda line: "cfee-bbs" in line["argv"] and transcripts.pod_of(line) == pod, "log-bbs", "0", text)(lines)
    return change


HELD, UNCLEAR, STUCK = ("lock-held-elsewhere", "fix-first", 1), ("inconclusive", "fix-first", 1), ("bbs-lock-stuck", "restart", 1)
ROWS = {
    "the owner waits, and its Locket": ((of("diego-api-1", "bbs", STANDS_BY),), STUCK),
    "the owner does not wait": ((of("diego-api-0", "bbs", STANDS_BY),), UNCLEAR),
    "nobody waits": ((of("diego-api-0", "bbs", STANDS_BY), of("diego-api-1", "bbs", STANDS_BY)), UNCLEAR),
    "its Locket does not wait": ((of("diego-api-0", "locket", IDLE),), UNCLEAR),
    "the owner was refused the lock itself": ((of("diego-api-0", "bbs", STANDS_BY), refused("diego-api-0")), HELD),
}


def changed(name):
    return edits.in_turn(*ROWS[name][0])(edits.settled(look()))


@pytest.mark.parametrize("name", ROWS)
def test_diagnosis(name, tmp_path):
    header = transcripts.read(heals.RECORDED / f"{HUNG}.jsonl")[0]
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "namesake.jsonl", [header, *changed(name)]), "-o", "json")
    assert (result.diagnosis, result.remedy, result.status) == ROWS[name][1], result.document["diagnosis"]
    assert ("another foundation" in " ".join(result.document["diagnosis"]["because"])) == (ROWS[name][1] == UNCLEAR)


@pytest.mark.parametrize("name", [name for name, (_, expected) in ROWS.items() if expected != STUCK])
def test_nothing_is_deleted(name, tmp_path):
    frames = [changed(name)] * 40 + [heals.nodes(), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]
    for arguments in ([], ["--force"]) if ROWS[name][1] == HELD else ([],):
        result = heal(tmp_path, frames, "--yes", "--no-evidence", *arguments)
        assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
