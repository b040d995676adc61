"""Clocks that differ: the pods', ours, and the API server's, of which only the times that it has written are seen."""
import datetime
import json
import re

import pytest

import edits
import heals
import product
import transcripts
from test_heal import HEALTHY, HUNG

HOUR = 3600


def shifted(seconds):
    """All that the BBS pods say bears such times: their clock, and what they have logged by it."""
    def change(line):
        stdout = re.sub(r"(?<=<cfee:clock )\d+", lambda found: str(int(found[0]) + seconds), line["stdout"])
        return {**line, "stdout": re.sub(r'(?<="timestamp":")\d+', lambda found: str(int(found[0]) + seconds), stdout)}
    return lambda lines: [change(line) if edits.BBS_EXECS(line) else line for line in lines]


def aged(minutes):
    """All pods were made so long before the look."""
    def change(lines):
        clock = next(int(re.search(r"<cfee:clock (\d+)", line["stdout"])[1]) for line in lines if edits.BBS_EXECS(line))
        made = datetime.datetime.fromtimestamp(clock - 60 * minutes, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        def edit(found):
            for pod in found:
                pod["metadata"]["creationTimestamp"] = made
        return edits.items(edits.PODS, edit)(lines)
    return change


def diagnose(tmp_path, name, *changes):
    lines = [line for line in heals.scene(name) if "look" in line or "argv" in line]
    header = {**heals.scene(name)[0]}
    header["started"] = datetime.datetime.fromtimestamp(
        next(int(re.search(r"<cfee:clock (\d+)", line["stdout"])[1]) for line in lines if "argv" in line and edits.BBS_EXECS(line)), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    begin, *asked, end = lines
    return product.run("diagnose", "--replay", transcripts.write(tmp_path / "clocks.jsonl", [header, begin, *edits.in_turn(*changes)(asked), end]), "-o", "json")


@pytest.mark.parametrize("minutes", [3, 20, 58, 62, 300])
@pytest.mark.parametrize("seconds", [-HOUR, -120, 0, HOUR])
@pytest.mark.parametrize("name, diagnosis", [(HEALTHY, "healthy"), (HUNG, "bbs-lock-stuck")])
def test_pods_age_by_no_clock_that_is_behind(name, diagnosis, seconds, minutes, tmp_path):
    result = diagnose(tmp_path, name, aged(minutes), shifted(seconds))
    assert result.diagnosis == diagnosis, result.document["diagnosis"]


def test_where_it_cannot_be_told_which_clock_is_wrong_the_difference_is(tmp_path):
    result = diagnose(tmp_path, HUNG, aged(60.5), shifted(-HOUR))
    assert (result.diagnosis, result.remedy) == ("bbs-starting", "wait")
    assert "clock is 3600 s behind ours" in json.dumps(result.document["diagnosis"]["because"])


def test_a_young_pod_stays_young_by_a_clock_of_ours_that_is_ahead(tmp_path):
    result = diagnose(tmp_path, HUNG, aged(0.5), shifted(0))
    assert (result.diagnosis, result.remedy) == ("bbs-starting", "wait")
