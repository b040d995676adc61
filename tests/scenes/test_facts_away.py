"""Taking facts away never makes a restart out of another diagnosis, and never makes anything healthy."""
import pathlib

import pytest

import product
import transcripts

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded"
SCENES = sorted(path.stem for path in RECORDED.glob("*.jsonl"))


def without_exec(lines):
    """Each exec refused, one at a time, and all of them."""
    execs = [index for index, line in enumerate(lines) if transcripts.is_exec(line)]
    for missing in [[index] for index in execs] + [execs]:
        name = "+".join(transcripts.pod_of(lines[index]) for index in missing)
        yield f"no exec in {name}", [transcripts.forbidden(line) if index in missing else line for index, line in enumerate(lines)]


def without_lists(lines):
    """Each list refused, one at a time."""
    for index, line in enumerate(lines):
        if "get" in line.get("argv", []):
            yield f"no {line['argv'][-1]}", lines[:index] + [transcripts.forbidden(line, "pods", "list")] + lines[index + 1:]


def without_parts(lines):
    """Each part of a script's answer missing: in one pod, and in all that gave it."""
    names = {name for line in lines if transcripts.is_exec(line) for name in transcripts.parts_of(line["stdout"])}
    names.discard("locket")  # scripts of version 1, which recorded these, did not say it: without it nothing is lost
    execs = [index for index, line in enumerate(lines) if transcripts.is_exec(line)]
    for name in sorted(names):
        for where in [[index] for index in execs] + [execs]:
            changed = [
                {**line, "stdout": line["stdout"].replace(transcripts.parts_of(line["stdout"])[name], "")}
                if index in where and name in transcripts.parts_of(line["stdout"]) else line
                for index, line in enumerate(lines)
            ]
            if changed != lines:
                yield f"no {name} from {len(where)}", changed


def cut_off(lines):
    """An exec's answer that ends in the middle."""
    for index, line in enumerate(lines):
        if transcripts.is_exec(line):
            yield "cut off", lines[:index] + [{**line, "stdout": line["stdout"][: len(line["stdout"]) // 2]}] + lines[index + 1:]


@pytest.mark.parametrize("take_away", [without_exec, without_lists, without_parts, cut_off])
@pytest.mark.parametrize("scene", SCENES)
def test_less_is_never_more(scene, take_away, tmp_path):
    lines = transcripts.read(RECORDED / f"{scene}.jsonl")
    whole = product.run("diagnose", "--replay", RECORDED / f"{scene}.jsonl", "-o", "json")
    tried = 0
    for what, changed in take_away(lines):
        result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "less.jsonl", changed), "-o", "json")
        assert result.diagnosis != "healthy", what
        assert result.status != 0, what
        if whole.remedy != "restart":
            assert result.remedy != "restart", what
        tried += 1
    assert tried > 0
