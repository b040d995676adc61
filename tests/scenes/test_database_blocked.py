"""A table of Locket's database is locked: by the stacks that the real programs left in it, no hang, and no restart."""
import pathlib

import pytest

import heals
import product
import transcripts
from test_heal import HUNG, deleted, heal
from test_heal_proved import look

SAID = dict(line.split(": 0 ", 1) for line in (pathlib.Path(__file__).parent / "stacks/said.txt").read_text(encoding="utf-8").splitlines() if ": 0 " in line)
DUMPS = ["2018-pq/10-tablelock-095s/diego-api-0", "2018-pq/11-tablelock-148s/diego-api-0", "2018-pq/11-tablelock-148s/diego-api-1"]


def blocked(dump):
    return look(waits=SAID[f"{dump}.bbs"], hangs=SAID[f"{dump}.locket"])


@pytest.mark.parametrize("dump", DUMPS)
def test_a_locked_table_is_named(dump, tmp_path):
    header = transcripts.read(heals.RECORDED / f"{HUNG}.jsonl")[0]
    path = transcripts.write(tmp_path / "blocked.jsonl", [header, *blocked(dump)])
    result = product.run("diagnose", "--replay", path, "-o", "json")
    assert (result.diagnosis, result.remedy, result.status) == ("database-blocked", "fix-first", 1), result.document["diagnosis"]
    assert "for the lock waited for what the database does" in " ".join(result.document["diagnosis"]["because"])


@pytest.mark.parametrize("arguments", [["--yes"], ["--yes", "--force"]])
def test_a_locked_table_is_no_reason_to_delete(arguments, tmp_path):
    frames = [blocked(DUMPS[0])] * 40 + [heals.nodes(), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]
    result = heal(tmp_path, frames, *arguments, "--no-evidence")
    assert (result.status, deleted(result)) == (4, []), result.err
    assert "database" in " ".join(result.document["because"])


def test_a_table_that_is_locked_while_heal_waits_stops_it(tmp_path):
    """The gate's look tells too: the hang that was agreed to has become something else."""
    frames = [look()] * 2 + [heals.nodes()] + [blocked(DUMPS[1])] * 40 + [heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, deleted(result)) == (4, []), result.err
