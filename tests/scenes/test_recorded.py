"""Every recorded look of the real thing, replayed: its diagnosis, and word for word what is printed.

UPDATE=1 writes the expected output anew; read the difference before you commit it.
"""
import json
import os
import pathlib

import pytest

import product
import transcripts

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded"
RESTART, WAIT, FIX, NONE = "restart", "wait", "fix-first", "none"
# What is true of each, judged by a person from how it was provoked.
SCENES = {
    "after-delete-database-down-state": ("database-down", FIX, 1),
    "bbs-503": ("bbs-not-serving", RESTART, 1),
    "bbs-active-dbflow-dead": ("healthy", NONE, 0),
    "database-down": ("database-down", FIX, 1),
    "expired-client-cert": ("certificate", FIX, 1),
    "foreign-lock-owner": ("lock-held-elsewhere", FIX, 1),
    "foreign-lock-owner-after-heal": ("lock-held-elsewhere", FIX, 1),
    "gen2022-healthy": ("healthy", NONE, 0),
    "gen2022-locket-hung": ("healthy", NONE, 0),
    "healthy": ("healthy", NONE, 0),
    "label-frozen": ("label-stale", FIX, 1),
    "locket-hung": ("bbs-lock-stuck", RESTART, 1),
    "locket-hung-both": ("bbs-lock-stuck", RESTART, 1),
    "locket-hung-busy": ("bbs-lock-stuck", RESTART, 1),
    "locket-hung-later": ("bbs-lock-stuck", RESTART, 1),
    "locket-hung-oldkube": ("bbs-lock-stuck", RESTART, 1),
}


def test_every_recording_is_a_scene():
    assert {path.stem for path in RECORDED.glob("*.jsonl")} == set(SCENES)


@pytest.mark.parametrize("name", sorted(SCENES))
def test_diagnosis(name):
    result = product.run("diagnose", "--replay", RECORDED / f"{name}.jsonl", "-o", "json")
    assert (result.diagnosis, result.remedy, result.status) == SCENES[name]
    assert result.err == ""


@pytest.mark.parametrize("name", sorted(SCENES))
@pytest.mark.parametrize("form", ["txt", "json"])
def test_output_is_as_expected(name, form):
    arguments = ["-o", "json"] if form == "json" else []
    result = product.run("diagnose", "--replay", RECORDED / f"{name}.jsonl", *arguments)
    expected = RECORDED / f"{name}.{form}"
    if os.environ.get("UPDATE"):
        expected.write_text(result.out, encoding="utf-8")
    assert result.out == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_recording_outlives_the_wording_of_scripts(name, tmp_path):
    def reworded(argv):
        """Another text, another version, other limits: the same questions."""
        at = argv.index("-c", argv.index("--")) + 1
        return [*argv[:at], argv[at] + "# a word\n", argv[at + 1], "77", *[word.replace("limit=5", "limit=9") for word in argv[at + 3:]]]
    lines = transcripts.read(RECORDED / f"{name}.jsonl")
    changed = [{**line, "argv": reworded(line["argv"])} if transcripts.is_exec(line) else line for line in lines]
    assert changed != lines
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "reworded.jsonl", changed))
    assert result.out == (RECORDED / f"{name}.txt").read_text(encoding="utf-8")


WAITS = "total=41 migrates=0 processes=,7:4711 lock=,58 wait= outside=0 end"
HANGS = "total=71 migrates=0 processes=,7:4711 lock= wait=,1197,1099,1237,1098 outside=0 end"


def asked_too(script, lines, **answer):
    """That script was put to the BBS pods too, and what they said stands here."""
    asked = [{**line, "argv": [script if word == "cfee-bbs" else word for word in line["argv"]], **answer} for line in lines if "cfee-bbs" in line.get("argv", [])]
    assert asked
    return [*lines[:-1], *asked, lines[-1]]


@pytest.mark.parametrize("form", ["txt", "json"])
def test_stacks_are_told_and_change_nothing_else(form, tmp_path):
    told = f"\n<cfee:stacks-bbs 0 curl>\n{WAITS}\n</cfee>\n\n<cfee:stacks-locket 0 curl>\n{HANGS}\n</cfee>\n\n<cfee:done 2>\n\n</cfee>\n"
    lines = asked_too("cfee-stacks", transcripts.read(RECORDED / "locket-hung.jsonl"), stdout=told)
    recording = transcripts.write(tmp_path / "stacks.jsonl", lines)
    result = product.run("diagnose", "--replay", recording, *(["-o", "json"] if form == "json" else []))
    said = result.out
    if form == "json":
        for clause in ("; its stacks wait for the lock", "; its stacks: 4 requests wait in the database driver, 0 elsewhere"):
            assert said.count(clause) == 2, clause
            said = said.replace(clause, "")
    assert said == (RECORDED / f"locket-hung.{form}").read_text(encoding="utf-8")


def test_a_recording_of_a_version_that_did_not_ask_for_stacks_lacks_nothing(tmp_path):
    first, *rest = transcripts.read(RECORDED / "locket-hung.jsonl")
    lines = [{**first, "tool": "0.0.9"}, *asked_too("cfee-locket", rest)]
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "older.jsonl", lines))
    assert result.err == ""
    assert result.out == (RECORDED / "locket-hung.txt").read_text(encoding="utf-8")


ACCEPTS = "open\nR\\000\\000\\000\\010\n\\000\\000\\000\\003"
FULL = "open\nE\\000\\000\\000.\nSFATAL\\000C53300\\000Msorry, too many clients already\\000\\000"


@pytest.mark.parametrize("status, text, sentence", [
    ("0 postgres", ACCEPTS, "accepts connections and answers"),
    ("137 postgres", "open", "accepts connections and does not answer"),
    ("1 postgres", "open", "accepts connections and does not answer"),
    ("0 postgres", FULL, "accepts connections and refuses: 53300 sorry, too many clients already"),
    ("127 postgres", "", "accepts connections"),
], ids=["accepts", "silent", "hangs up", "full", "no bash"])
def test_a_database_is_believed_by_its_own_words(status, text, sentence, tmp_path):
    """A frozen one, or a proxy before a dead one, accepts connections as well."""
    told = "".join(f"\n<cfee:answer-{job} {status}>\n{text}\n</cfee>\n" for job in ("bbs", "locket"))
    lines = asked_too("cfee-database", transcripts.read(RECORDED / "locket-hung.jsonl"), stdout=told)
    lines = [{**line, "argv": [*line["argv"], "jobs=bbs locket"]} if "cfee-database" in line.get("argv", []) else line for line in lines]
    recording = transcripts.write(tmp_path / "heard.jsonl", lines)
    found = json.loads(product.run("diagnose", "--replay", recording, "-o", "json").out)["diagnosis"]
    is_well = sentence in ("accepts connections", "accepts connections and answers")
    assert (found["id"], found["remedy"]) == (("bbs-lock-stuck", "restart") if is_well else ("database-down", "fix-first"))
    assert any(reason.endswith(sentence) for reason in found["because"]), found["because"]
    heal = product.run("heal", "--replay", recording, "--dry-run")
    assert heal.status == (0 if is_well else 4), heal.err


@pytest.mark.parametrize("name", sorted(SCENES))
def test_text_fits_80_columns(name):
    result = product.run("diagnose", "--replay", RECORDED / f"{name}.jsonl", env={"LC_ALL": "C"})
    result.out.encode("ascii")
    for line in result.out.splitlines():
        # Commands are not broken, so that they can be copied.
        assert len(line) <= 80 or line.lstrip().startswith("next: "), line


def test_the_readme_shows_what_is_printed():
    readme = (product.CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert (RECORDED / "locket-hung.txt").read_text(encoding="utf-8").rstrip("\n") in readme
