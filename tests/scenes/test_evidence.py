"""`evidence`: what is kept, what could not be had, and that no secret is among it."""
import hashlib
import json
import tarfile

import pytest

import edits
import faking
import heals
import product
import test_hung_one

NASTY = r"""connecting to postgres://diego:c4n4ry-url@10.0.0.1:5432/diego?sslmode=verify-full
dsn diego:c4n4ry-dsn@tcp(mysql:3306)/diego
{"level":"error","password":"c4n4ry-json","nested":{"client_secret":"c4n4ry-nested"}}
{"msg":"{\"token\":\"c4n4ry-escaped\"}"}
Authorization: Bearer c4n4ry.bearer-token
db_password=c4n4ry-plain host=10.0.0.1
export BBS_CLIENT_TOKEN='c4n4ry quoted'
curl --token c4n4ry-flag https://admin:c4n4ry-user@api.example/v2/info
"""
EVENT = {"kind": "Event", "message": "Back-off; env DB_PASSWORD=c4n4ry-event", "involvedObject": {"name": "diego-api-0"}}


@pytest.fixture
def kubectl(tmp_path):
    fake = faking.FakeKubectl(tmp_path / "fake", recording=None)
    for line in edits.settled(heals.scene("locket-hung")):
        if "argv" in line:
            fake.answers.append({"when": faking.words_of(line["argv"]), "stdout": line["stdout"], "code": line["code"]})
    for pod in heals.uids(heals.scene("locket-hung")):
        fake.answer("exec", pod, "/var/vcap/sys/log/bbs/bbs.stdout.log", stdout=NASTY)
    fake.answer("logs", stdout=NASTY, stderr="")
    fake.answer("logs", "--previous", code=1, stderr="Error from server (BadRequest): previous terminated container not found\n")
    return fake.answer("get", "events", stdout=json.dumps({"kind": "List", "items": [EVENT]}))


def gathered(kubectl, folder, status=0):
    result = product.run("evidence", "-o", "json", "--evidence", folder, env=kubectl.env)
    assert result.status == status, result.err
    return result


def test_no_secret_is_kept(kubectl, tmp_path):
    gathered(kubectl, tmp_path / "kept")
    files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "kept").iterdir()}
    assert {"diego-api-0.log", "diego-api-0.bbs.stdout.log", "events.json", "transcript.jsonl", "report.json"} <= set(files)
    for name, text in files.items():
        assert "c4n4ry" not in text, name
    # What is no secret is kept.
    assert "10.0.0.1" in files["diego-api-0.log"] and "Back-off" in files["events.json"]


def test_the_stacks_are_kept_as_they_are(kubectl, tmp_path):
    """Redaction takes nothing of them for a secret."""
    with tarfile.open(heals.HERE / "stacks" / "dumps.tar.xz") as archive:
        dump = archive.extractfile("2018-pq/04-locket-hung-070s/diego-api-0.locket.txt").read().decode()
    kubectl.answer("exec", "diego-api-0", "cfee-dump", "job=locket", stdout=dump)
    kubectl.answer("exec", "diego-api-1", "cfee-dump", "job=locket", code=1, stderr="the debug server at 127.0.0.1:17018 left no profile: status 7 curl\n")
    gathered(kubectl, tmp_path / "kept")
    assert (tmp_path / "kept" / "diego-api-0.locket.goroutines.txt").read_text(encoding="utf-8") == dump
    assert "missing  diego-api-1.locket.goroutines.txt: the debug server at 127.0.0.1:17018 left no profile" in (tmp_path / "kept" / "MANIFEST").read_text(encoding="utf-8")


def test_the_auctioneers_stacks_are_kept_where_it_was_asked(tmp_path):
    """Without secrets, though Go prints arguments as numbers."""
    kubectl = faking.FakeKubectl(tmp_path / "fake", recording=None)
    for line in test_hung_one.staged_by_nobody():
        script = [word for word in line["argv"] if word.startswith("cfee-")]
        kubectl.answers.insert(0, {"when": faking.words_of(line["argv"]) + script, "stdout": line["stdout"], "code": line["code"]})
    with tarfile.open(heals.HERE / "stacks" / "dumps.tar.xz") as archive:
        dump = archive.extractfile("2018-pq/04-locket-hung-070s/diego-api-0.bbs.txt").read().decode()
    kubectl.answer("exec", "diego-brain-0", "cfee-dump", "job=auctioneer", "port=17001", stdout=dump + "\ntoken=c4n4ry-dump\n")
    gathered(kubectl, tmp_path / "kept")
    kept = (tmp_path / "kept" / "diego-brain-0.auctioneer.goroutines.txt").read_text(encoding="utf-8")
    assert kept == dump + "\ntoken=REDACTED\n"
    assert json.loads((tmp_path / "kept" / "report.json").read_text(encoding="utf-8"))["diagnosis"]["id"] == "locket-hung-one"


def test_the_manifest_says_what_there_is_and_what_there_is_not(kubectl, tmp_path):
    gathered(kubectl, tmp_path / "kept")
    lines = (tmp_path / "kept" / "MANIFEST").read_text(encoding="utf-8").splitlines()[1:]
    kept = [line.split("  ") for line in lines if not line.startswith("missing")]
    for digest, size, name in kept:
        content = (tmp_path / "kept" / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (int(size), digest)
    assert {name for _, _, name in kept} | {"MANIFEST"} == {path.name for path in (tmp_path / "kept").iterdir()}
    assert any(line.startswith("missing  diego-api-1.previous.log: ") and "not found" in line for line in lines)


def test_it_deletes_nothing(kubectl, tmp_path):
    gathered(kubectl, tmp_path / "kept")
    assert not [argv for argv in kubectl.calls() if "delete" in argv]


def test_only_its_owner_may_read_it(kubectl, tmp_path):
    gathered(kubectl, tmp_path / "kept")
    assert oct((tmp_path / "kept").stat().st_mode & 0o777) == "0o700"
    assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "kept").iterdir()} == {"0o600"}


def test_a_directory_that_is_there_already_is_not_touched(kubectl, tmp_path):
    (tmp_path / "kept").mkdir()
    result = gathered(kubectl, tmp_path / "kept", status=4)
    assert "kept" in result.document["problem"]
    assert list((tmp_path / "kept").iterdir()) == []


def healed(kubectl, folder):
    kubectl.answer("delete", code=1, stderr="Error from server (Forbidden): no\n")
    result = product.run("heal", "-o", "json", "--yes", "--grace", "0s", "--evidence", folder, env=kubectl.env)
    assert (result.status, result.document["outcome"], result.document["actions"]) == (4, "refused", [])
    return result


def test_promise_4_evidence_is_there_before_the_first_deletion(kubectl, tmp_path):
    folder = tmp_path / "kept"
    assert "(Forbidden)" in " ".join(healed(kubectl, folder).document["because"])
    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    assert {"transcript.jsonl", "report.json", "report.txt", "MANIFEST"} <= {path.name for path in folder.iterdir()}
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["diagnosis"]["id"] == "bbs-lock-stuck"
    replayed = product.run("diagnose", "--replay", folder / "transcript.jsonl", "-o", "json")
    assert replayed.diagnosis == "bbs-lock-stuck"


def test_promise_4_without_evidence_nothing_is_deleted(kubectl, tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    healed(kubectl, tmp_path / "taken")
    assert not [argv for argv in kubectl.calls() if "delete" in argv]
