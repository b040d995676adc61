"""Canaries wherever a secret may lie: none may reach standard output, standard error, -v lines or a transcript."""
import json
import os
import stat

import pytest

import edits
import faking
import product
import transcripts

CANARY = "c4n4ry"
HEALTHY = transcripts.read(faking.HEALTHY)
POSTGRES = f"postgres://diego:{CANARY}@db.example:5433/diego"
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjNG40cnkiLCJjNG40cnkiOiJjNG40cnkifQ." + CANARY * 8


def planted(pod):
    """What a real pod holds that nobody should see."""
    pod["metadata"]["managedFields"] = [{"manager": CANARY, "fieldsV1": {f"f:{CANARY}": {}}}]
    pod["metadata"].setdefault("annotations", {})["kubectl.kubernetes.io/last-applied-configuration"] = json.dumps({"spec": {"env": [{"name": "A", "value": CANARY}]}})
    for container in pod["spec"]["containers"]:
        container["env"] = [{"name": "DB_HOST", "value": CANARY}, {"name": "UAA_CLIENTS_SECRET", "value": CANARY}, {"name": "NUMBER", "value": CANARY + "1"}]
        container["args"] = [f"--password={CANARY}", f"--db={POSTGRES}"]
    pod["spec"]["initContainers"] = [{"name": "init", "env": [{"name": "A", "value": CANARY}]}]


def exec_user():
    return {"exec": {"command": "login", "args": ["--token", CANARY], "env": [{"name": "A", "value": CANARY}]}}


KUBECONFIG = {
    "kind": "Config", "current-context": "prod", "clusters": [{"name": "c", "cluster": {"server": "https://api.example"}}],
    "contexts": [{"name": "prod", "context": {"cluster": "c", "user": "u"}}],
    "users": [{"name": "u", "user": user} for user in (exec_user(), {"token": CANARY}, {"username": "u", "password": CANARY}, {"client-key-data": CANARY}, {"auth-provider": {"config": {"x": CANARY}}})],
}


def part_of_pods(name, status, text):
    return edits.part(edits.BBS_EXECS, name, status, text)


# Where the canary is, and in what
PLACES = {
    "pods": edits.pods("", planted),
    "pods that fail": edits.in_turn(edits.pods("", planted), edits.failing(edits.ALL_EXECS, f"error: cannot connect: {POSTGRES}\n")),
    "kubeconfig": edits.failing(lambda line: "config" in line.get("argv", []), "", json.dumps(KUBECONFIG), 0),
    "kubectl's stderr: a password": edits.failing(edits.ALL_GETS, f"error: getting credentials: exec: password={CANARY}\n"),
    "kubectl's stderr: a bearer": edits.failing(edits.ALL_GETS, f"error: Authorization: Bearer {CANARY}{CANARY}12345\n"),
    "kubectl's stderr: a token": edits.failing(edits.ALL_GETS, f"error: bad token {TOKEN}\n"),
    "kubectl's stderr: a url": edits.failing(edits.ALL_GETS, f"Unable to connect to the server: proxyconnect https://u:{CANARY}@proxy.example:3128\n"),
    "exec's stderr: a url": edits.failing(edits.ALL_EXECS, f"error: dial {POSTGRES}: no\n"),
    "exec's stderr: a token": edits.failing(edits.ALL_EXECS, f"error: token={TOKEN}\n"),
    "noise": edits.answered(edits.ALL_EXECS, stderr=f"I1122 round_trippers.go: Authorization: Bearer {CANARY}{CANARY}12345\n"),
    "a log": part_of_pods("log-bbs", "0", f'{{"message":"bbs.started","data":{{"url":"{POSTGRES}","password":"{CANARY}"}}}}'),
    "a log with an expired certificate": edits.in_turn(part_of_pods("ping", "7", ""), part_of_pods("locks", "4", "Error: no"), part_of_pods("log-bbs", "0", f"x509: certificate has expired password={CANARY}")),
    "cfdot's words": part_of_pods("locks", "4", f"Error: dial tcp: {POSTGRES}: bad connection"),
    "the ping's words": part_of_pods("ping", "22", f"curl: password={CANARY}"),
    "nc's words": edits.part(edits.API_EXECS, "probe", "1 nc", f"nc: https://u:{CANARY}@h: Connection refused"),
    "garbage instead of pods": edits.failing(edits.PODS, "", f"password={CANARY} and more {CANARY}", 0),
    "an empty list and a secret": edits.failing(edits.PODS, f"error: token={CANARY}\n", json.dumps({"items": [], "note": f"password={CANARY}"})),
}
# Raw texts that are shown as they came: known, and wrong.


def fake(tmp_path, change):
    recording = transcripts.write(tmp_path / "planted.jsonl", change(edits.settled(HEALTHY)))
    assert CANARY in recording.read_text(encoding="utf-8")
    return faking.FakeKubectl(tmp_path / "fake", recording)


@pytest.mark.parametrize("name", PLACES)
def test_transcripts_and_verbose_lines_hold_no_secret(name, tmp_path):
    kubectl = fake(tmp_path, PLACES[name])
    file = tmp_path / "look.jsonl"
    result = product.run("diagnose", "--record", file, "-v", "--token", f"{CANARY}-token", "-o", "json", env=kubectl.env)
    assert CANARY not in file.read_text(encoding="utf-8")
    assert CANARY not in result.err
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    # And the transcript still says the same.
    again = product.run("diagnose", "--replay", file, "-o", "json")
    assert (again.diagnosis, again.status) == (result.diagnosis, result.status)
    assert CANARY not in again.out


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", list(PLACES))
def test_results_hold_no_secret(name, form, tmp_path):
    kubectl = fake(tmp_path, PLACES[name])
    result = product.run("diagnose", "-o", form, "-v", env=kubectl.env)
    assert CANARY not in "".join(result.out.split())
    assert CANARY not in result.err


@pytest.mark.parametrize("flag", ["--token={}", "--token {}"])
@pytest.mark.parametrize("where", ["healthy", "unreachable", "no kubectl", "usage"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_token_is_never_shown(form, where, flag, tmp_path):
    change = edits.failing(edits.ALL_GETS, "error: You must be logged in to the server (Unauthorized)\n") if where == "unreachable" else (lambda lines: lines)
    kubectl = faking.FakeKubectl(tmp_path / "fake", transcripts.write(tmp_path / "changed.jsonl", change(HEALTHY)))
    more = {"healthy": [], "unreachable": [], "no kubectl": ["--kubectl", "/nothing"], "usage": ["--xyzzy"]}[where]
    result = product.run("diagnose", "-v", "-o", form, *flag.format(CANARY).split(" "), *more, env=kubectl.env)
    assert CANARY not in result.out + result.err
    if where in ("healthy", "unreachable"):
        assert f"--token={CANARY}" in kubectl.calls()[0]


def test_commands_to_copy_name_the_token_without_telling_it(tmp_path):
    kubectl = fake(tmp_path, PLACES["pods"]).answer("exec", code=1, stderr="error: no\n")
    result = product.run("diagnose", "--token", CANARY, "-o", "json", env=kubectl.env)
    assert CANARY not in result.out
    assert "--token=REDACTED" in result.out


def test_a_server_with_a_password_is_not_shown(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer("exec", code=1, stderr="error: no\n")
    result = product.run("diagnose", "-v", "--server", f"https://u:{CANARY}@api.example", "-o", "json", env=kubectl.env)
    assert CANARY not in result.err
    assert CANARY not in result.out
