"""What the product makes of kubectls, clusters and pods that do not behave.

In each case: the right exit status, the right diagnosis, a sentence that says why, and never "healthy" for want of
an answer. product.run() sees to it that the document is valid and that no exception's text is printed.
"""
import base64
import json
import os
import re
import resource
import signal
import shutil
import subprocess

import pytest

import edits
import faking
import product
import transcripts

HEALTHY = faking.HEALTHY
STUCK = HEALTHY.with_name("locket-hung.jsonl")
ERROR = "Error from server"
FORBIDDEN_PODS = f'{ERROR} (Forbidden): pods is forbidden: User "u" cannot list resource "pods" in API group "" in the namespace "cf"\n'
FORBIDDEN_EXEC = f'{ERROR} (Forbidden): pods "api-0" is forbidden: User "u" cannot create resource "pods/exec" in API group "" in the namespace "cf"\n'
REFUSED = "The connection to the server 127.0.0.1:6444 was refused - did you specify the right host or port?\n"
EXPIRED = "error: You must be logged in to the server (Unauthorized)\n"
NO_SHELL = ('error: Internal error occurred: Internal error occurred: error executing command in container: OCI runtime exec failed: exec failed: '
            'unable to start container process: exec: "sh": executable file not found in $PATH: unknown\n')
KUBELET_STOPPED = "Error from server: error dialing backend: dial tcp 10.0.0.7:10250: connect: connection refused\n"
NOT_RUNNING = 'error: unable to upgrade connection: container not found ("diego-api")\n'
RESOLVER = 'nc: getaddrinfo for host "diego-api.cf.svc.cluster.local" port 8889: Temporary failure in name resolution'
NOISE = "E1122 13:45:35.123456   4711 websocket.go:297] Unknown stream id 1, discarding message\n"


def replayed(lines, tmp_path, *arguments, **more):
    return product.run("diagnose", "--replay", transcripts.write(tmp_path / "look.jsonl", lines), *arguments, **more)


def both_forms(lines, tmp_path):
    """The scene as JSON and as text, which end alike."""
    as_json = replayed(lines, tmp_path, "-o", "json")
    as_text = replayed(lines, tmp_path)
    assert as_text.status == as_json.status
    assert f"diagnosis {as_json.diagnosis}," in as_text.out
    return as_json, as_text


def reasons(result):
    """All that the document gives as reasons."""
    findings = [check["evidence"] for check in result.document["checks"]]
    subjects = [subject["evidence"] for check in result.document["checks"] for subject in check.get("subjects", [])]
    return "\n".join(result.document["diagnosis"]["because"] + findings + subjects)


def expect(result, status, diagnosis, why):
    assert (result.diagnosis, result.status) == (diagnosis, status), reasons(result)
    assert why in reasons(result), reasons(result)
    if diagnosis != "healthy":
        assert result.remedy != "none"
        assert result.document["verdict"] == {1: "fail", 3: "unknown"}[status]


# What the API server, or kubectl in its name, answers: (change, exit status, diagnosis, why, verdicts of checks)
API = {
    "garbage": (edits.failing(edits.PODS, "", "<html>503</html>", 0), 3, "inconclusive", "not a list of pods", {"cc-ready": "unknown"}),
    "a document of another kind": (edits.failing(edits.PODS, "", '{"kind":"Status"}', 0), 3, "inconclusive", "not a list of pods", {"bbs-ready": "unknown"}),
    "items are no list": (edits.failing(edits.PODS, "", '{"kind":"List","items":{}}', 0), 3, "inconclusive", "not a list of pods", {}),
    "truncated": (lambda lines: [{**line, "stdout": line["stdout"][:5000]} if edits.PODS(line) else line for line in lines], 3, "inconclusive", "not a list of pods", {}),
    "nothing": (edits.failing(edits.PODS, "", "", 0), 3, "inconclusive", "kubectl's answer is empty", {}),
    "hangs": (edits.answered(edits.PODS, end="timed_out", code=0, stdout="", stderr=""), 3, "inconclusive", "our own limit", {}),
    "all hangs": (edits.answered(edits.ALL_GETS, end="timed_out", code=0, stdout="", stderr=""), 3, "inconclusive", "our own limit", {"bbs-endpoints": "unknown"}),
    "too much": (edits.answered(edits.PODS, end="too_much_output", code=0, stdout="{", stderr=""), 3, "inconclusive", "more than 256 MiB", {}),
    "killed": (edits.answered(edits.PODS, end="signalled", code=9, stdout="", stderr=""), 3, "inconclusive", "signal 9", {}),
    "exit 1 with an empty list": (edits.failing(edits.PODS, f"{ERROR} (Timeout): the server was unable to return a response in the time allotted\n", edits.EMPTY_LIST), 3, "inconclusive", "unable to return a response", {}),
    "exit 1 with a good list": (lambda lines: [{**line, "code": 1, "stderr": "error: something else\n"} if edits.PODS(line) else line for line in lines], 3, "inconclusive", "error: something else", {}),
    "unreachable": (edits.failing(edits.ALL_GETS, REFUSED), 3, "inconclusive", "The connection to the server 127.0.0.1:6444 was refused", {"bbs-endpoints": "unknown"}),
    "token has expired": (edits.failing(edits.ALL_GETS, NOISE + EXPIRED), 3, "inconclusive", "You must be logged in to the server", {}),
    "no right to list pods": (edits.failing(edits.PODS, FORBIDDEN_PODS, edits.EMPTY_LIST), 3, "inconclusive", 'cannot list resource "pods"', {"bbs-endpoints": "ok"}),
    "no namespace": (
        edits.in_turn(edits.failing(edits.ALL_GETS, "No resources found in cf namespace.\n", edits.EMPTY_LIST, 0), edits.asked_too("pods", stdout=edits.EMPTY_LIST),
                      edits.asked_too("namespace", "cf", code=1, stderr=f'{ERROR} (NotFound): namespaces "cf" not found\n')),
        1, "no-diego", "there is no namespace cf", {"cc-ready": "fail"}),
    "empty namespace": (
        edits.in_turn(edits.failing(edits.ALL_GETS, "", edits.EMPTY_LIST, 0), edits.asked_too("pods", stdout=edits.EMPTY_LIST),
                      edits.asked_too("namespace", "cf", stdout='{"kind":"Namespace"}')),
        1, "no-diego", "there is no BBS pod in namespace cf", {"cc-ready": "fail", "bbs-reachable": "unknown"}),
    "no right to list all pods of an unlabelled edition": (
        edits.in_turn(edits.failing(edits.ALL_GETS, "", edits.EMPTY_LIST, 0), edits.asked_too("pods", code=1, stdout=edits.EMPTY_LIST, stderr=FORBIDDEN_PODS),
                      edits.asked_too("namespace", "cf", code=1, stderr=FORBIDDEN_PODS)),
        3, "inconclusive", 'cannot list resource "pods"', {"cc-ready": "unknown"}),
}


def one_kind_forbidden(forbidden):
    """Of three kinds asked for together, one is refused: kubectl fails as a whole, and is asked anew for each."""
    kinds = {"services": "Service", "endpoints": "Endpoints", "statefulsets": "StatefulSet"}

    def change(lines):
        document = json.loads(next(line for line in lines if edits.OBJECTS(line))["stdout"])
        refusal = f'{ERROR} (Forbidden): {forbidden} is forbidden: User "u" cannot list resource "{forbidden}" in the namespace "cf"\n'
        lines = edits.failing(edits.OBJECTS, refusal, edits.EMPTY_LIST)(lines)
        for resource_name, kind in kinds.items():
            answer = json.dumps({**document, "items": [item for item in document["items"] if item["kind"] == kind]})
            is_refused = resource_name == forbidden
            lines = edits.asked_too(resource_name, code=int(is_refused), stderr=refusal if is_refused else "", stdout=edits.EMPTY_LIST if is_refused else answer)(lines)
        return lines
    return change


API["no right to list services"] = (one_kind_forbidden("services"), 3, "inconclusive", 'cannot list resource "services"', {"bbs-endpoints": "unknown", "bbs-reachable": "ok"})
API["no right to list endpoints"] = (one_kind_forbidden("endpoints"), 3, "inconclusive", 'cannot list resource "endpoints"', {"bbs-endpoints": "unknown", "bbs-ready": "ok"})


@pytest.mark.parametrize("name", API)
def test_answers_of_the_api_server(name, tmp_path):
    change, status, diagnosis, why, verdicts = API[name]
    result, text = both_forms(change(edits.settled(transcripts.read(HEALTHY))), tmp_path)
    expect(result, status, diagnosis, why)
    assert {check: result.check(check)["verdict"] for check in verdicts} == verdicts
    assert " ".join(result.document["diagnosis"]["because"][0].split()) in " ".join(text.out.split())
    assert all(check["verdict"] in ("ok", "skipped") or "hint" in check or check["id"] != "cc-ready" for check in result.document["checks"])


def test_without_the_right_to_list_statefulsets_it_is_not_known_how_many_pods_there_should_be(tmp_path):
    result, _ = both_forms(one_kind_forbidden("statefulsets")(edits.settled(transcripts.read(HEALTHY))), tmp_path)
    assert result.check("bbs-ready")["verdict"] in ("unknown", "warn")


PODS = {
    "no api pods": (edits.without_pods("api"), 1, "cloud-controller-down", "no Cloud Controller pod in namespace cf"),
    "api pods Pending": (edits.pods("api", edits.pending), 1, "cloud-controller-down", "0 of 2 pods ready"),
    "api pods CrashLoopBackOff": (edits.pods("api", edits.waiting("CrashLoopBackOff")), 1, "cloud-controller-down", "CrashLoopBackOff"),
    "api pods Terminating": (edits.pods("api", edits.terminating), 1, "cloud-controller-down", "Terminating"),
    "one api pod of two not ready": (edits.pods("api-1", edits.not_ready), 1, "cloud-controller-down", "1 of 2 pods ready"),
    "one api pod of two Terminating": (edits.pods("api-1", edits.terminating), 1, "cloud-controller-down", "1 of 2 pods ready"),
    "api pods without containerStatuses": (edits.pods("api", lambda pod: pod["status"].pop("containerStatuses")), 1, "cloud-controller-down", "0 of 2 pods ready"),
    "api pods without status": (edits.pods("api", lambda pod: pod.pop("status")), 1, "cloud-controller-down", "0 of 2 pods ready"),
    "BBS pods Pending": (edits.pods("diego", edits.pending), 1, "bbs-pods-failing", "Insufficient memory"),
    "BBS pods ImagePullBackOff": (edits.in_turn(edits.pods("diego", edits.waiting("ImagePullBackOff", "Pending")), edits.failing(edits.BBS_EXECS, NOT_RUNNING)), 1, "bbs-pods-failing", "ImagePullBackOff"),
    "BBS pods CrashLoopBackOff": (edits.in_turn(edits.pods("diego", edits.waiting("CrashLoopBackOff")), edits.failing(edits.BBS_EXECS, NOT_RUNNING)), 1, "bbs-pods-failing", "CrashLoopBackOff"),
    "one BBS pod CrashLoopBackOff": (edits.in_turn(edits.pods("diego-api-1", edits.waiting("CrashLoopBackOff")), edits.failing(edits.is_exec_in("diego-api-1"), NOT_RUNNING)), 1, "bbs-pods-failing", "diego-api-1: CrashLoopBackOff"),
    "BBS pods Terminating": (edits.pods("diego", edits.terminating), 1, "bbs-starting", "is being deleted"),
    "one BBS pod Terminating": (edits.pods("diego-api-1", edits.terminating), 1, "bbs-starting", "diego-api-1 is being deleted"),
    "BBS pods Succeeded": (edits.pods("diego", edits.ended("Succeeded")), 1, "bbs-pods-failing", "not there"),
    "BBS pods Failed": (edits.pods("diego", edits.ended("Failed")), 1, "bbs-pods-failing", "diego-api-0: Failed"),
    "one BBS pod Failed": (edits.pods("diego-api-1", edits.ended("Failed")), 1, "bbs-pods-failing", "diego-api-1: Failed"),
    "no BBS pods, two wanted": (edits.without_pods("diego"), 1, "bbs-pods-failing", "not there"),
    "one BBS pod gone, two wanted": (edits.in_turn(edits.pods("", lambda pod: None), edits.items(edits.PODS, lambda found: found.remove(next(pod for pod in found if pod["metadata"]["name"] == "diego-api-1")))), 1, "bbs-pods-failing", "1 of 2 BBS pods are not there"),
    "BBS pods without containerStatuses": (edits.pods("diego", lambda pod: pod["status"].pop("containerStatuses")), 1, None, "0 of 2 pods ready"),
    "BBS pods with null containerStatuses": (edits.pods("diego", lambda pod: pod["status"].update(containerStatuses=None)), 1, None, "0 of 2 pods ready"),
    "BBS pods with null labels": (edits.pods("diego", lambda pod: pod["metadata"].update(labels=None)), 1, "label-stale", "not labelled active"),
    "BBS pods whose labels are a list": (edits.pods("diego", lambda pod: pod["metadata"].update(labels=["skiff-role-active"])), 1, "label-stale", "not labelled active"),
    "BBS pods whose active label is a boolean": (edits.pods("diego-api-0", lambda pod: pod["metadata"]["labels"].update({"skiff-role-active": True})), 1, "label-stale", "not labelled active"),
    "pods that are null": (edits.items(edits.PODS, lambda found: found.__setitem__(slice(None), [None, 1, "api-0", []])), 3, "inconclusive", "no pods"),
    "pods without metadata": (edits.items(edits.PODS, lambda found: [pod.pop("metadata") for pod in found]), 3, "inconclusive", "names that cannot be"),
    "conditions of the wrong type": (edits.pods("diego", lambda pod: pod["status"].update(conditions={"Ready": True})), 1, None, "0 of 2 pods ready"),
}


@pytest.mark.parametrize("name", PODS)
def test_pods(name, tmp_path):
    change, status, diagnosis, why = PODS[name]
    result, _ = both_forms(change(edits.settled(transcripts.read(HEALTHY))), tmp_path)
    expect(result, status, diagnosis or result.diagnosis, why)
    assert result.diagnosis != "healthy"
    assert result.remedy != "restart"


def test_a_restart_is_not_proposed_where_pods_do_not_come_up(tmp_path):
    change = edits.in_turn(edits.pods("diego-api-1", edits.waiting("ImagePullBackOff")), edits.failing(edits.is_exec_in("diego-api-1"), NOT_RUNNING))
    result, _ = both_forms(change(transcripts.read(STUCK)), tmp_path)
    assert result.diagnosis == "bbs-pods-failing"


def not_utf8(line):
    """The same answer with bytes between its parts that are no text at all."""
    out = line["stdout"].encode("utf-8").replace(b"\n</cfee>", b" \xff\xc3( \xed\xa0\x80\n</cfee>").replace(b":8889 \xff\xc3( \xed\xa0\x80", b":8889")
    changed = {**line, "stdout_base64": base64.b64encode(out).decode("ascii")}
    del changed["stdout"]
    return changed


def probe(status, text):
    return edits.part(edits.API_EXECS, "probe", status, text)


# What comes back from an exec: (change, exit status, diagnosis, why)
EXEC = {
    "no right": (edits.failing(edits.ALL_EXECS, FORBIDDEN_EXEC), 3, "inconclusive", 'cannot create resource "pods/exec"'),
    "frozen kubelet": (edits.answered(edits.ALL_EXECS, end="timed_out", code=0, stdout="", stderr=""), 3, "inconclusive", "our own limit"),
    "frozen kubelet below one BBS": (edits.answered(edits.is_exec_in("diego-api-0"), end="timed_out", code=0, stdout="", stderr=""), 3, "inconclusive", "our own limit"),
    "frozen kubelet below the passive BBS": (edits.answered(edits.is_exec_in("diego-api-1"), end="timed_out", code=0, stdout="", stderr=""), 3, "inconclusive", "our own limit"),
    "frozen kubelet below one api pod": (edits.answered(edits.is_exec_in("api-1"), end="timed_out", code=0, stdout="", stderr=""), 3, "inconclusive", "1 of 2 pods connect"),
    "kubelet stopped": (edits.failing(edits.ALL_EXECS, KUBELET_STOPPED), 3, "inconclusive", "dial tcp 10.0.0.7:10250: connect: connection refused"),
    "kubelet stopped below api": (edits.failing(edits.API_EXECS, KUBELET_STOPPED), 3, "inconclusive", "0 of 2 pods connect"),
    "DNS frozen in the pod": (probe("137 nc", ""), 1, "bbs-unreachable", "no answer to the name look-up"),
    "DNS gone in the pod": (probe("1 nc", RESOLVER), 1, "bbs-unreachable", "Temporary failure in name resolution"),
    "neither nc nor bash": (probe("127 bash", "sh: 1: bash: not found"), 3, "inconclusive", "neither a usable nc nor bash"),
    "a tool that says nothing": (probe("1 nc", ""), 3, "inconclusive", "said nothing"),
    "a tool nobody knows": (probe("0 telnet", ""), 3, "inconclusive", "garbled"),
    "probe without status": (probe("", ""), 3, "inconclusive", "garbled"),
    "no shell": (edits.failing(edits.ALL_EXECS, NO_SHELL), 3, "inconclusive", "executable file not found in $PATH"),
    "wrong container": (edits.failing(edits.ALL_EXECS, f"{ERROR} (BadRequest): container api is not valid for pod api-0\n"), 3, "inconclusive", "is not valid for pod"),
    "api pod gone meanwhile": (edits.failing(edits.is_exec_in("api-1"), f'{ERROR} (NotFound): pods "api-1" not found\n'), 3, "inconclusive", '"api-1" not found'),
    "BBS pod gone meanwhile": (edits.failing(edits.is_exec_in("diego-api-1"), f'{ERROR} (NotFound): pods "diego-api-1" not found\n'), 3, "inconclusive", '"diego-api-1" not found'),
    "exit 0 and nothing": (edits.failing(edits.ALL_EXECS, "", "", 0), 3, "inconclusive", "left no answer"),
    "exit 0 and nothing from api": (edits.failing(edits.API_EXECS, "", "", 0), 3, "inconclusive", "left no answer"),
    "exit 0 and garbage": (edits.failing(edits.ALL_EXECS, "", "\0\1\2" * 1000, 0), 3, "inconclusive", "left no answer"),
    "exit 1 and nothing at all": (edits.failing(edits.ALL_EXECS, "", "", 1), 3, "inconclusive", "status 1 and said nothing"),
    "another pod's sentinels": (lambda lines: edits.answered(edits.API_EXECS, stdout=next(line for line in lines if edits.BBS_EXECS(line))["stdout"])(lines), 3, "inconclusive", "left no answer"),
    "a sentinel that is not closed": (edits.saying(edits.API_EXECS, "\n</cfee>", ""), 3, "inconclusive", "left no answer"),
    "a sentinel in a sentinel": (probe("1 nc", "\n<cfee:probe 0 nc>"), 3, "inconclusive", "0 of 2 pods connect"),
    "CRLF line ends": (lambda lines: [{**line, "stdout": line["stdout"].replace("\n", "\r\n")} if edits.ALL_EXECS(line) else line for line in lines], 3, "inconclusive", "left no answer"),
    "an address that is none": (edits.part(edits.API_EXECS, "address", "configuration", "bbs; rm -rf /:8889"), 3, "inconclusive", "no address"),
    "an address with a wrong port": (edits.part(edits.API_EXECS, "address", "configuration", "bbs:99999"), 3, "inconclusive", "no address"),
    "a ping that is no number": (edits.part(edits.is_exec_in("diego-api-0"), "ping", "zero", "?"), 3, "inconclusive", "no BBS is known to serve"),
}
# The same, but what is wrong does not matter: it must stay healthy.
GOOD = {
    "noise on stderr": edits.answered(edits.ALL_EXECS, stderr=NOISE * 50),
    "warnings on stderr": edits.answered(edits.ALL_GETS, stderr="Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n"),
    "exit 1 after a complete answer": edits.answered(edits.ALL_EXECS, code=1, stderr=edits.COMMAND_ENDED),
    "noise on stdout": edits.saying(edits.ALL_EXECS, "\n<cfee:", "mesg: ttyname failed\n\n<cfee:"),
    "busybox's nc, and bash": probe("0 bash", ""),
    "bytes that are not UTF-8": lambda lines: [not_utf8(line) if edits.ALL_EXECS(line) else line for line in lines],
    "no context": edits.failing(lambda line: "config" in line.get("argv", []), "error: current-context must exist in order to minify\n"),
    "no line end at the end": lambda lines: [{**line, "stdout": line["stdout"].rstrip("\n")} if edits.ALL_EXECS(line) else line for line in lines],
}


@pytest.mark.parametrize("name", EXEC)
def test_answers_from_inside(name, tmp_path):
    change, status, diagnosis, why = EXEC[name]
    result, _ = both_forms(change(edits.settled(transcripts.read(HEALTHY))), tmp_path)
    expect(result, status, diagnosis, why)


@pytest.mark.parametrize("name", GOOD)
def test_it_stays_healthy(name, tmp_path):
    lines = transcripts.read(HEALTHY)
    changed = GOOD[name](lines)
    assert changed != lines
    result, _ = both_forms(changed, tmp_path)
    expect(result, 0, "healthy", "serves")


def owned_by(owner, tmp_path):
    lines = edits.part(edits.BBS_EXECS, "locks", "0", '{"key":"bbs","owner":"%s","type":"lock","type_code":1}' % owner)(transcripts.read(HEALTHY))
    result, _ = both_forms(lines, tmp_path)
    assert result.remedy != "restart"
    return result


@pytest.mark.parametrize("owner", ["diego-api-0x", "diego-api-9", 'x\\"y', "\\u001b[31m"])
def test_a_strange_owner_is_none_of_ours(owner, tmp_path):
    result = owned_by(owner, tmp_path)
    assert (result.status, result.check("lock-owner")["verdict"]) == (1, "fail")


@pytest.mark.parametrize("owner", ["", 'x"y', "\x1b[31m"])
def test_an_owner_that_is_garbled_is_not_known(owner, tmp_path):
    assert owned_by(owner, tmp_path).check("lock-owner")["verdict"] == "unknown"


# ---- The terminal

ESCAPE = "\x1b[2J\x1b]0;owned\x07\r\x08\x9b31m\x7f"
ESCAPES = {
    "nc's words": probe("1 nc", f"nc: {ESCAPE} Connection refused"),
    "the ping's words": edits.part(edits.BBS_EXECS, "ping", "22", ESCAPE),
    "cfdot's words": edits.part(edits.BBS_EXECS, "locks", "4", f"Error: {ESCAPE}"),
    "the lock's owner": edits.part(edits.BBS_EXECS, "locks", "0", '{"key":"bbs","owner":"%s","type":"lock"}' % ESCAPE),
    "a log": edits.in_turn(edits.part(edits.BBS_EXECS, "ping", "7", ""), edits.part(edits.BBS_EXECS, "locks", "0", ""),
                           edits.part(edits.BBS_EXECS, "log-bbs", "0", f"x509: certificate has expired {ESCAPE}")),
    "a database's address": edits.part(edits.BBS_EXECS, "database-bbs", "1 nc", f"db{ESCAPE}:5432\nConnection refused"),
    "an exec's stderr": edits.failing(edits.ALL_EXECS, f"error: {ESCAPE}\n"),
    "a get's stderr": edits.failing(edits.PODS, f"error: {ESCAPE}\n"),
    "a waiting container's reason": edits.pods("diego", edits.waiting(f"Image{ESCAPE}")),
    "a phase": edits.pods("diego", lambda pod: pod["status"].update(phase=f"Odd{ESCAPE}")),
    "the scheduler's message": edits.pods("diego", lambda pod: (edits.pending(pod), pod["status"]["conditions"][0].update(message=ESCAPE))),
    "an endpoint": edits.items(edits.OBJECTS, lambda found: [address["targetRef"].update(name=ESCAPE) for item in found for subset in item.get("subsets", []) for address in subset.get("addresses", [])]),
    "the context": edits.failing(lambda line: "config" in line.get("argv", []), "", json.dumps({"current-context": ESCAPE}), 0),
}




@pytest.mark.parametrize("name", list(ESCAPES))
def test_no_escape_sequence_reaches_the_terminal(name, tmp_path):
    lines = transcripts.read(HEALTHY)
    changed = ESCAPES[name](lines)
    assert changed != lines
    result = replayed(changed, tmp_path)
    raw = re.findall(r"[^\n\x20-\x7e\xa0-\uffff]", result.out + result.err)
    assert raw == []


# ---- kubectl, the program


def diagnose(*arguments, **more):
    return product.run("diagnose", *arguments, **more)


def a_file(folder, name, text, mode):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return str(path)


KUBECTLS = {
    "nothing": (lambda folder: str(folder / "nothing"), "nothing: no such program"),
    "a directory": (str, "not an executable program"),
    "a non-executable": (lambda folder: a_file(folder, "kubectl", "#!/bin/sh\n", 0o644), "not an executable program"),
    "a device": (lambda folder: "/dev/null", "not an executable program"),
    "no interpreter": (lambda folder: a_file(folder, "kubectl", "#!/no/such/interpreter\n", 0o755), "its interpreter is missing"),
    "no program at all": (lambda folder: a_file(folder, "kubectl", "\x7fELF", 0o755), "cannot be started"),
    "an empty file": (lambda folder: a_file(folder, "kubectl", "", 0o755), "cannot be started"),
    "below a file": (lambda folder: "/etc/passwd/kubectl", "no such program"),
    "not in PATH": (lambda folder: "kubectl-9.99", "no such program in PATH"),
}


@pytest.mark.parametrize("name", KUBECTLS)
def test_a_kubectl_that_cannot_be_run(name, tmp_path):
    make, why = KUBECTLS[name]
    result = diagnose("-o", "json", "--kubectl", make(tmp_path), as_process=True)
    expect(result, 3, "inconclusive", why)
    assert result.check("cc-ready")["hint"] == "install kubectl, or name it with --kubectl PATH"


@pytest.mark.parametrize("broken", ["/nothing/kubectl", "/", "/etc/passwd", "", "kubectl-9.99"])
def test_a_broken_kubectl_path_counts_for_nothing(broken, tmp_path):
    empty = faking.path_without_kubectl(tmp_path)
    result = diagnose("-o", "json", env={"PATH": empty, "KUBECTL_PATH": broken}, as_process=True)
    expect(result, 3, "inconclusive", "kubectl: no such program in PATH")


def test_path_is_searched_past_what_is_no_program(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    (first / "kubectl").mkdir(parents=True)
    second.mkdir()
    (second / "kubectl").symlink_to(faking.PROGRAM)
    env = faking.FakeKubectl(tmp_path / "fake").env
    del env["KUBECTL_PATH"]
    result = diagnose("-o", "json", env={**env, "PATH": f"{first}:{second}"})
    expect(result, 0, "healthy", "serves")


def test_the_fake_is_as_healthy_as_its_recording(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    result = diagnose("-o", "json", env=kubectl.env)
    expect(result, 0, "healthy", "serves")
    assert result.err == ""
    assert len(kubectl.calls()) == 8  # one of them asks for auctioneers, whose lock no recording had


def test_more_output_than_anybody_needs(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer("get", "pods", "-l", behaviour="flood", bytes=300 << 20)
    result = diagnose("-o", "json", env=kubectl.env)
    expect(result, 3, "inconclusive", "kubectl printed more than 256 MiB")
    assert kubectl.survivors() == []


def test_an_exec_that_hangs_is_cut(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer("exec", behaviour="hang")
    result = diagnose("-o", "json", "--probe-timeout", "2s", env=kubectl.env, timeout=12)
    expect(result, 3, "inconclusive", "our own limit")
    # In parallel: four pods that hang take no longer than one.
    assert result.document["durationSeconds"] < 9
    assert kubectl.survivors() == []


def test_bytes_of_a_real_kubectl_need_not_be_text(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer("get", "pods", stdout="\udcff\udcfe\0", stderr="\udcc3( error\n", code=1)
    result = diagnose("-o", "json", env=kubectl.env)
    expect(result, 3, "inconclusive", "error")
    assert diagnose(env=kubectl.env).status == 3


# ---- Transcripts

HEADER = transcripts.read(HEALTHY)[0]


def without_key(key, where):
    def change(lines):
        index = next(index for index, line in enumerate(lines) if where(line))
        return lines[:index] + [{name: value for name, value in lines[index].items() if name != key}] + lines[index + 1:]
    return change


def as_text(lines):
    return "".join(json.dumps(line) + "\n" for line in lines)


IS_COMMAND = edits.PODS
DAMAGED = {
    "empty": (lambda lines: "", "is empty"),
    "not JSON": (lambda lines: "hello\n", "not the header"),
    "binary": (lambda lines: "\0" * 100, "not the header"),
    "another format": (lambda lines: as_text([{**HEADER, "format": "x"}, *lines[1:]]), "not the header"),
    "no header": (lambda lines: as_text(lines[1:]), "not the header"),
    "header only": (lambda lines: as_text(lines[:1]), ""),
    "newer version": (lambda lines: as_text([{**HEADER, "version": 2}, *lines[1:]]), "newer version of this tool"),
    "version 0": (lambda lines: as_text([{**HEADER, "version": 0}, *lines[1:]]), "line 1"),
    "no time": (lambda lines: as_text([{**HEADER, "started": "yesterday"}, *lines[1:]]), "line 1"),
    "last line cut": (lambda lines: as_text(lines)[:-10], "no complete look|damaged in line 10"),
    "cut in the middle": (lambda lines: as_text(lines)[:len(as_text(lines)) // 2], "damaged in line"),
    "a line that is not JSON": (lambda lines: as_text(lines[:3]) + "{\n" + as_text(lines[3:]), "damaged in line 4: it is not JSON"),
    "an empty line": (lambda lines: as_text(lines[:3]) + "\n" + as_text(lines[3:]), "damaged in line 4"),
    "a line of another kind": (lambda lines: as_text([*lines[:3], {"start": 0, "hello": 1}, *lines[3:]]), "damaged in line 4"),
    "deep nesting": (lambda lines: as_text(lines[:3]) + "[" * 100000 + "\n", "damaged in line 4"),
    "no look": (lambda lines: as_text([line for line in lines if "look" not in line and not IS_COMMAND(line)]), ""),
    "a look that does not end": (lambda lines: as_text(lines[:-1]), "no complete look"),
    "a look that does not begin": (lambda lines: as_text([line for line in lines if line.get("look") != "begins"]), "has not begun"),
    **{f"no {key}": (lambda lines, key=key: as_text(without_key(key, IS_COMMAND)(lines)), f'"{key}" is missing') for key in ("start", "duration", "end", "code", "stdout", "stderr")},
    "a code that is none": (lambda lines: as_text(edits.answered(IS_COMMAND, code=-1)(lines)), "not an exit status"),
    "an end that is none": (lambda lines: as_text(edits.answered(IS_COMMAND, end="happily")(lines)), '"end"'),
    "a negative start": (lambda lines: as_text(edits.answered(IS_COMMAND, start=-1)(lines)), "seconds"),
    "argv that is a text": (lambda lines: as_text(edits.answered(IS_COMMAND, argv="kubectl")(lines)), "not a list of texts"),
    "base64 that is none": (lambda lines: as_text(edits.answered(IS_COMMAND, stdout_base64="!")(lines)), "not base64"),
    "a command missing": (lambda lines: as_text([line for line in lines if not IS_COMMAND(line)]), ""),
    "all commands missing": (lambda lines: as_text([line for line in lines if "argv" not in line]), ""),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_transcripts(name, tmp_path):
    damage, why = DAMAGED[name]
    file = tmp_path / "look.jsonl"
    file.write_text(damage(transcripts.read(HEALTHY)), encoding="utf-8")
    result = diagnose("--replay", file, "-o", "json")
    assert (result.status, result.diagnosis) == (3, "inconclusive")
    if why:
        assert re.search(why, result.err), result.err
        assert result.err.count("\n") == 1
        assert str(file) in result.err
        assert re.search(why, reasons(result))
    in_text = diagnose("--replay", file)
    assert (in_text.status, in_text.err) == (3, result.err)


@pytest.mark.parametrize("what, why", [("directory", "is a directory"), ("missing", "No such file"), ("link to itself", "cannot be read"), ("below a file", "cannot be read")])
def test_transcripts_that_cannot_be_read(what, why, tmp_path):
    file = tmp_path / "look.jsonl"
    if what == "directory":
        file.mkdir()
    elif what == "link to itself":
        file.symlink_to(file)
    elif what == "below a file":
        file.write_text("", encoding="utf-8")
        file = file / "look"
    result = diagnose("--replay", file, "-o", "json")
    assert (result.status, result.diagnosis) == (3, "inconclusive")
    assert why in result.err
    assert result.err.count("\n") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to become somebody else")
def test_a_transcript_that_others_may_not_read(tmp_path):
    file = transcripts.write(tmp_path / "look.jsonl", transcripts.read(HEALTHY))
    file.chmod(0o600)
    for folder in tmp_path.parents:
        if folder.stat().st_uid == 0 and str(folder).startswith(str(tmp_path.parents[2])):
            folder.chmod(0o755)
    tmp_path.chmod(0o755)
    # The build folder may lie where others may not go either.
    program = shutil.copy(product.PROGRAM, tmp_path / "kubectl-cfee_stager")
    somebody = {"user": 65534, "group": 65534, "extra_groups": []}
    with product.start("diagnose", "--replay", file, program=program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **somebody) as process:
        err = process.communicate(timeout=30)[1]
    assert process.returncode == 3
    assert "Permission denied" in err


def two_looks(*names):
    """Looks of these recordings in one transcript, with the first one's times."""
    lines = [HEADER]
    for name in names:
        lines += transcripts.read(HEALTHY.with_name(f"{name}.jsonl"))[1:]
    return lines


def asked_otherwise(lines):
    """As a version with other scripts would have recorded it."""
    return [{**line, "argv": [word.replace("cfee-bbs", "cfee-other") for word in line["argv"]]} if transcripts.is_exec(line) else line for line in lines]


@pytest.mark.parametrize("tool, lines, shown", [
    ("0.0.9", asked_otherwise, "was recorded by version 0.0.9, which asked other questions than version "),
    ("0.0.9\x1b[31m", asked_otherwise, "was recorded by version 0.0.9?[31m, which"),
    ("0.0.9", list, None),
    (HEADER["tool"], asked_otherwise, None),
], ids=["another version", "a nasty name", "another version, same questions", "this version, changed by hand"])
def test_a_transcript_of_a_version_that_asked_otherwise(tool, lines, shown, tmp_path):
    first, *rest = transcripts.read(HEALTHY)
    result = replayed([{**first, "tool": tool}, *lines(rest)], tmp_path, "-o", "json")
    assert result.diagnosis == ("healthy" if lines is list else "inconclusive")
    assert (shown in result.err) if shown else result.err == ""


def test_a_heal_of_a_version_that_asked_otherwise(tmp_path):
    first, *rest = transcripts.read(STUCK)
    lines = [{**first, "tool": "0.0.9"}, *asked_otherwise(rest)]
    result = product.run("heal", "--replay", transcripts.write(tmp_path / "heal.jsonl", lines), "--yes", "--no-evidence")
    assert "was recorded by version 0.0.9, which asked other questions than version " in result.err


LOOKS = [
    (("healthy", "database-down"), [], "database-down"),
    (("database-down", "healthy"), [], "healthy"),
    (("database-down", "healthy"), ["--look", "1"], "database-down"),
    (("database-down", "healthy"), ["--look", "2"], "healthy"),
    (("database-down", "healthy", "bbs-503"), ["--look", "2"], "healthy"),
]


@pytest.mark.parametrize("names, arguments, diagnosis", LOOKS)
def test_which_look_is_judged(names, arguments, diagnosis, tmp_path):
    assert replayed(two_looks(*names), tmp_path, "-o", "json", *arguments).diagnosis == diagnosis


def test_the_last_complete_look_is_judged(tmp_path):
    lines = two_looks("healthy", "database-down")
    assert replayed(lines[:-1], tmp_path, "-o", "json").diagnosis == "healthy"
    cut = tmp_path / "cut.jsonl"
    cut.write_text(as_text(lines)[:-9], encoding="utf-8")
    assert diagnose("--replay", cut, "-o", "json").diagnosis == "healthy"


@pytest.mark.parametrize("number, why", [("3", "has no look 3: it holds 2 looks"), ("2", "look 2 is not complete")])
def test_a_look_that_is_not_there_or_not_complete(number, why, tmp_path):
    result = replayed(two_looks("healthy", "database-down")[:-1], tmp_path, "-o", "json", "--look", number)
    assert result.status == 3
    assert why in result.err


# ---- Files that cannot be written

UNWRITABLE = {
    "no such folder": (lambda folder: folder / "no" / "look.jsonl", "No such file or directory"),
    "a folder": (lambda folder: folder, "Is a directory"),
    "a symbolic link": (lambda folder: link(folder, folder / "target"), "symbolic link"),
    "a symbolic link to nothing": (lambda folder: link(folder, folder / "nothing"), "symbolic link"),
    "a device": (lambda folder: "/dev/full", "not a regular file"),
    "a pipe that nobody reads": (lambda folder: fifo(folder), "not a regular file"),
}


def link(folder, target):
    path = folder / "look.jsonl"
    path.symlink_to(target)
    if target.name == "target":
        target.write_text("precious", encoding="utf-8")
    return path


def fifo(folder):
    os.mkfifo(folder / "look.jsonl")
    return folder / "look.jsonl"


@pytest.mark.parametrize("name", UNWRITABLE)
def test_a_transcript_that_cannot_be_written(name, tmp_path):
    make, why = UNWRITABLE[name]
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    result = diagnose("--record", make(tmp_path), "-o", "json", env=kubectl.env)
    assert (result.status, result.diagnosis) == (3, "inconclusive")
    assert why in result.err
    assert result.err.count("\n") == 1
    assert kubectl.calls() == []
    target = tmp_path / "target"
    assert not target.exists() or target.read_text(encoding="utf-8") == "precious"


def run_bare(kubectl, *arguments, **more):
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **kubectl.env}
    with product.start("diagnose", *arguments, env=env, stderr=subprocess.PIPE, text=True, **more) as process:
        out, err = process.communicate(timeout=30)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def limit_file_size():
    """Writing fails in the middle, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))


def test_a_disk_that_fills_while_recording(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    file = tmp_path / "look.jsonl"
    result = run_bare(kubectl, "--record", file, stdout=subprocess.PIPE, restore_signals=False, preexec_fn=limit_file_size)
    assert f"The transcript {file} is not complete" in result.stderr
    assert "diagnosis healthy" in result.stdout
    assert result.returncode == 0
    assert product.run("diagnose", "--replay", file).status == 3


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_result_that_cannot_be_written(form, tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    with open("/dev/full", "wb") as full:
        result = run_bare(kubectl, "-o", form, stdout=full)
    assert (result.returncode, result.stderr) == (3, "kubectl cfee-stager: the result could not be written\n")


def test_a_closed_standard_output(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    file = tmp_path / "look.jsonl"
    result = run_bare(kubectl, "--record", file, preexec_fn=lambda: os.close(1))
    assert (result.returncode, result.stderr) == (3, "kubectl cfee-stager: the result could not be written\n")
    # Nothing that was meant for standard output may land in a file that took its number.
    assert product.run("diagnose", "--replay", file, "-o", "json").diagnosis == "healthy"


def test_all_descriptors_closed(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    env = {"PATH": "/usr/bin:/bin", **kubectl.env}
    with product.start("-c", 'exec "$0" diagnose <&- >&- 2>&-', product.PROGRAM, program="sh", env=env) as process:
        assert process.wait(timeout=30) == 3


def test_a_reader_that_has_gone(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        result = run_bare(kubectl, stdout=gone)
    assert result.returncode in (3, -signal.SIGPIPE)
    assert "something went wrong inside" not in result.stderr
