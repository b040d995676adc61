"""Trouble of others, and the seed's own edition: transcripts that version 0.1.0 recorded in its first form, converted.

What they say about Locket was asked where cfdot's setup pointed, which on that edition is a service that selects the
active pod only; nobody knows today. So an answer counts, and silence does not: where nothing but that silence spoke for
a restart, it cannot be found out any more. By today's scripts it can.
"""
import json
import pathlib

import pytest

import edits
import product
import transcripts

CASES = pathlib.Path(__file__).resolve().parent / "cases"
# Diagnosis, remedy, exit status, and a part of the proof.
EXPECTED = {
    "kubecf-prefixed": ("inconclusive", "fix-first", 3, "there is a BBS (susecf-scf-diego-api-0), in an edition whose names are not known here"),
    "certificate-expired": ("certificate", "fix-first", 1, "tls: expired certificate"),
    "certificate-handshake-failure": ("certificate", "fix-first", 1, "tls: handshake failure"),
    "certificate-no-ip-san": ("certificate", "fix-first", 1, "doesn't contain any IP SANs"),
    "certificate-not-tls": ("certificate", "fix-first", 1, "first record does not look like a TLS handshake"),
    "certificate-not-yet-valid": ("certificate", "fix-first", 1, "compare the clocks"),
    "certificate-required": ("certificate", "fix-first", 1, "tls: certificate required"),
    "certificate-unknown-authority-x509": ("certificate", "fix-first", 1, "signed by unknown authority"),
    "certificate-unknown-ca": ("certificate", "fix-first", 1, "unknown certificate authority"),
    "crash-newer-database": ("bbs-crashing", "fix-first", 1, "Existing DB version (1523050077) exceeds bbs version"),
    "crash-newer-database-real": ("bbs-crashing", "fix-first", 1, "Existing DB version (1999999999) exceeds bbs version"),
    "crash-migration-failed": ("bbs-crashing", "fix-first", 1, "already exists"),
    "crash-read-only": ("bbs-crashing", "fix-first", 1, "cannot execute CREATE TABLE in a read-only transaction"),
    "database-connection-limit": ("database-refuses", "fix-first", 1, "sql-unknown"),
    "database-read-only": ("database-refuses", "fix-first", 1, "Locket answered diego-api-0: sql-unknown"),
    "seed-bbs-database-dead": ("healthy", "none", 0, ""),
    "seed-bbs-database-refused": ("database-down", "fix-first", 1, "refused"),
    "seed-expired-client-cert-drops": ("certificate", "fix-first", 1, "tls: expired certificate"),
    "seed-expired-server-cert": ("certificate", "fix-first", 1, "tls: expired certificate"),
    "seed-foreign-owner-drops": ("inconclusive", "fix-first", 1, "cfdot left no answer"),  # was restart
    "seed-healthy": ("healthy", "none", 0, ""),
    "seed-hung-drops": ("inconclusive", "fix-first", 1, "cfdot left no answer"),
    "seed-hung-first-seconds": ("healthy", "none", 0, ""),
    "seed-hung-refuses": ("inconclusive", "fix-first", 1, "cfdot left no answer"),
    "seed-hung-refuses-old-certificate-line": ("inconclusive", "fix-first", 1, "cfdot left no answer"),  # was certificate
    "seed-separate-hung-both": ("bbs-lock-stuck", "restart", 1, "Locket names our own diego-api-0"),
}


def test_every_case_is_told():
    assert {path.stem for path in CASES.glob("*.jsonl")} == set(EXPECTED)


def test_only_a_certificate_that_is_not_yet_valid_speaks_of_clocks():
    for name, (diagnosis, *_) in EXPECTED.items():
        if diagnosis == "certificate" and name != "certificate-not-yet-valid":
            result = product.run("diagnose", "--replay", CASES / f"{name}.jsonl", "-o", "json")
            assert "clocks" not in " ".join(result.document["diagnosis"]["because"])


def judged(result):
    return result.diagnosis, result.remedy, result.status


@pytest.mark.parametrize("name", EXPECTED)
def test_case(name):
    result = product.run("diagnose", "--replay", CASES / f"{name}.jsonl", "-o", "json")
    *expected, why = EXPECTED[name]
    assert judged(result) == tuple(expected)
    assert why in " ".join(result.document["diagnosis"]["because"])


# What today's scripts were told in the same situations, by the real ones, at the BBS's own address.
OURS = '{"key":"bbs","owner":"diego-api-0","type":"lock","type_code":1}'
THEIRS = OURS.replace("diego-api-0", "other-cf-diego-api-0")
REMOVED = OURS.replace("diego-api-0", "diego-api-2")
OPEN, CLOSED = ("0 nc", "Connection to 127.0.0.1 8891 port [tcp/*] succeeded!"), ("1 nc", "nc: connect to 127.0.0.1 port 8891 (tcp) failed: Connection refused")
ASKED = {
    "hung, and silent": ("seed-hung-refuses", OPEN, ("137", ""), ("bbs-lock-stuck", "restart", 1)),
    "hung, and the BBS has not lost its lock yet": ("seed-hung-first-seconds", OPEN, ("137", ""), ("locket-silent", "fix-first", 1)),
    "hung, its dead connections used up": ("seed-hung-refuses", OPEN, ("0", OURS), ("bbs-lock-stuck", "restart", 1)),
    "hung, where the cluster drops": ("seed-hung-drops", OPEN, ("137", ""), ("bbs-lock-stuck", "restart", 1)),
    "hung, and a stranger's old line about a certificate": ("seed-hung-refuses-old-certificate-line", OPEN, ("137", ""), ("bbs-lock-stuck", "restart", 1)),
    "a stranger holds the lock": ("seed-foreign-owner-drops", OPEN, ("0", THEIRS), ("lock-held-elsewhere", "fix-first", 1)),
    "a pod that a scale-down removed holds the lock": ("seed-foreign-owner-drops", OPEN, ("0", REMOVED), ("lock-row-stale", "fix-first", 1)),
    "the certificate has expired": ("seed-expired-client-cert-drops", OPEN, ("0", ""), ("certificate", "fix-first", 1)),
    "Locket does not listen": ("seed-hung-refuses", CLOSED, ("unasked", ""), ("locket-down", "fix-first", 1)),
}


def asked_at(connection, locks):
    """The script's answer about Locket as it is today; the pods are hours old and nothing has moved for an hour."""
    def change(lines):
        changed = []
        for line in edits.settled(lines):
            if edits.BBS_EXECS(line):
                said = f"\n<cfee:locket {connection[0]}>\n127.0.0.1:8891\n{connection[1]}\n</cfee>\n\n<cfee:locks {locks[0]}>\n{locks[1]}\n</cfee>\n"
                parts = transcripts.parts_of(line["stdout"])
                line = {**line, "stdout": line["stdout"].replace(parts["locks"], said).replace(parts["port-locket"], f"\n<cfee:port-locket {connection[0]}>\n{connection[1]}\n</cfee>\n")}
            changed.append(line)
        return changed
    return change


@pytest.mark.parametrize("name", ASKED)
def test_the_seeds_edition_asked_at_the_bbs_own_address(name, tmp_path):
    case, connection, locks, expected = ASKED[name]
    lines = asked_at(connection, locks)(transcripts.read(CASES / f"{case}.jsonl"))
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "asked.jsonl", lines), "-o", "json")
    assert judged(result) == expected, result.document["diagnosis"]


@pytest.mark.parametrize("arguments", [["--yes"], ["--yes", "--force"]])
def test_a_database_that_refuses_is_no_reason_to_delete(arguments, tmp_path):
    looks = [line for line in transcripts.read(CASES / "database-read-only.jsonl") if "argv" in line]
    header = transcripts.read(CASES / "database-read-only.jsonl")[0]
    path = transcripts.write(tmp_path / "heal.jsonl", [header, *looks * 40])
    result = product.run("heal", "--replay", path, "-o", "json", "--no-evidence", *arguments)
    assert (result.status, result.document["actions"]) == (4, [])
    assert "sql-unknown" in json.dumps(result.document["because"])


REFUSED = "Error from server: error dialing backend: dial tcp 10.0.0.5:10250: connect: connection refused\n"
PAGE = "error: unable to upgrade connection: <html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\n"
OCI = 'rpc error: code = 2 desc = oci runtime error: exec failed: container_linux.go:235: starting container process caused "x"\n\n'
ENDED = "command terminated with exit code 126\n"
NO_EXEC = {
    "kubelet": (REFUSED, "", "the kubelet of node {node} does not answer"),
    "proxy": (PAGE, "", "502 Bad Gateway"),
    "runtime, on standard error": (OCI + ENDED, "", "oci runtime error: exec failed"),
    "runtime, on standard output": (ENDED, OCI, "oci runtime error: exec failed"),
}


@pytest.mark.parametrize("name", NO_EXEC)
def test_the_line_that_says_why_an_exec_failed_is_shown(name, tmp_path):
    stderr, stdout, expected = NO_EXEC[name]
    lines = edits.failing(edits.ALL_EXECS, stderr, stdout)(transcripts.read(CASES / "seed-healthy.jsonl"))
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "no-exec.jsonl", lines), "-o", "json")
    assert judged(result) == ("inconclusive", "fix-first", 3)
    shown = [subject["evidence"] for check in result.document["checks"] for subject in check.get("subjects", []) if check["id"] in ("bbs-reachable", "bbs-serving")]
    nodes = {pod["spec"]["nodeName"] for line in lines if "pods" in line.get("argv", []) for pod in json.loads(line["stdout"])["items"]}
    for evidence in shown:
        assert any(expected.format(node=node) in evidence for node in nodes), shown
        assert "<" not in evidence and "terminated" not in evidence
    assert "is it up" not in json.dumps(result.document["checks"])
