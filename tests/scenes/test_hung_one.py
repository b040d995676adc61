"""One Locket of two hangs: one BBS serves by the other and nothing is staged, or both BBS wait at it. That pod alone goes."""
import json
import re

import pytest

import edits
import heals
import product
import transcripts
from test_heal import HEALTHY, HUNG, deleted, heal
from test_heal_proved import ACCEPTS, HANGS, WAITS, part

IDLE = "total=41 migrates=0 processes=,7:4711 lock= wait= outside=0 end"
AUCTIONEERS = "skiff-role-name in (diego-brain,auctioneer)"
BBS, AUCTIONEER = ('{"key":"%s","owner":"%s","type":"lock","type_code":1}' % names for names in (("bbs", "diego-api-0"), ("auctioneer", "diego-brain-0")))
OPEN = "Connection to 10.244.0.7 8891 port [tcp/*] succeeded!"
HUNG_ONE = ("locket-hung-one", "restart", 1)


def separate(name):
    """A recorded look, with Locket in two pods of its own that have addresses of their own; nothing is under way in it."""
    def readdress(found):
        for pod in found:
            if pod["metadata"]["name"].startswith("locket-"):
                pod["status"]["podIP"] = "10.244.9." + pod["metadata"]["name"][-1]
    return edits.items(edits.PODS, readdress)(edits.with_lockets(edits.settled(heals.look(name))))


def exec_like(lines, pod, script, stdout):
    """The same exec as some BBS pod's, in another pod by another script."""
    like = next(line for line in lines if "cfee-bbs" in line.get("argv", []))
    container = re.sub(r"-\d$", "", pod)
    old = transcripts.pod_of(like)
    names = {old: pod, re.sub(r"-\d$", "", old): container, "cfee-bbs": script}
    return {**like, "argv": [names.get(word, word) for word in like["argv"]], "stdout": stdout, "duration": 0.1}


def stacks(bbs, locket):
    return part("stacks-bbs", *bbs) + part("stacks-locket", *locket) + part("peer-bbs", "0", "") + part("done", "3", "")


def known(text):
    return ("0 curl", text)


ABSENT = ("absent", "")


def staged_by_nobody(waits=known(WAITS), hangs=known(HANGS), by_itself=("137", ""), other=("0", BBS), brains=("diego-brain-0",), asks=True):
    """diego-api-0 serves by locket-1; locket-0 hangs; the auctioneer waits there."""
    lines = separate(HEALTHY)
    pods = next(line for line in lines if edits.PODS(line))
    bbs = next(pod for pod in json.loads(pods["stdout"])["items"] if pod["metadata"]["name"] == "diego-api-0")
    found = [json.loads(json.dumps(bbs).replace("diego-api-0", name).replace("diego-api", "diego-brain")) for name in brains]
    argv = pods["argv"][:pods["argv"].index("--watch=false") + 1] + ["pods", "-l", AUCTIONEERS]
    clock = int(re.search(r"<cfee:clock (\d+)>", next(line["stdout"] for line in lines if "cfee-bbs" in line["argv"])).group(1))
    log = json.dumps({"timestamp": f"{clock - 600}.5", "source": "auctioneer", "message": "auctioneer.locket-lock.started", "log_level": 1}, separators=(",", ":"))
    asked = [{**pods, "argv": argv, "stdout": json.dumps({"kind": "List", "items": found})}]
    asked += [exec_like(lines, name, "cfee-auctioneer", part("clock", clock, "") + part("stacks-auctioneer", *waits) +
                        part("log-auctioneer", "0", log if asks else "") + part("done", "1", "")) for name in brains]
    asked += [exec_like(lines, pod, "cfee-stacks", stacks(known(IDLE), ABSENT)) for pod in heals.PODS]
    asked += [exec_like(lines, "locket-0", "cfee-stacks", stacks(ABSENT, hangs)), exec_like(lines, "locket-1", "cfee-stacks", stacks(ABSENT, known(IDLE)))]
    asked += [exec_like(lines, "diego-api-0", "cfee-lockets", part("way-10.244.9.0", "0 nc", OPEN) + part("locks-10.244.9.0", *by_itself) +
                        part("way-10.244.9.1", "0 nc", OPEN) + part("locks-10.244.9.1", *other) + part("done", "1", ""))]
    return lines + asked


def all_wait(hangs=known(HANGS), by_itself=("137", ""), other=("0", "")):
    """Both BBS wait at locket-0 behind a service; locket-1 has let the lock expire."""
    lines = edits.part(edits.BBS_EXECS, "locks", "0", "")(separate(HUNG))
    heard = part("answer-bbs", "0 postgres", ACCEPTS) + part("done", "2", "")
    asked = [exec_like(lines, pod, "cfee-stacks", stacks(known(WAITS), ABSENT)) for pod in heals.PODS]
    asked += [exec_like(lines, pod, "cfee-database", heard) for pod in heals.PODS]
    asked += [exec_like(lines, "locket-0", "cfee-stacks", stacks(ABSENT, hangs)), exec_like(lines, "locket-1", "cfee-stacks", stacks(ABSENT, known(IDLE)))]
    asked += [exec_like(lines, "diego-api-0", "cfee-lockets", part("way-10.244.9.0", "0 nc", OPEN) + part("locks-10.244.9.0", *by_itself) +
                        part("way-10.244.9.1", "0 nc", OPEN) + part("locks-10.244.9.1", *other) + part("done", "1", ""))]
    return lines + asked


FORMS = {"one serves": staged_by_nobody, "all wait": all_wait}


def diagnosed(lines, tmp_path):
    header = transcripts.read(heals.RECORDED / f"{HUNG}.jsonl")[0]
    result = product.run("diagnose", "--replay", transcripts.write(tmp_path / "look.jsonl", [header, *lines]), "-o", "json")
    return (result.diagnosis, result.remedy, result.status), result.document["diagnosis"]["because"]


def changed(lines, change):
    """locket-0's pod, in every list."""
    def edit(found):
        for pod in found:
            if pod["metadata"]["name"] == "locket-0":
                change(pod)
    return edits.items(edits.PODS, edit)(lines)


def renewed(pod):
    pod["metadata"]["uid"] = "new-" + pod["metadata"]["uid"][4:]


def deletions(lines, **answer):
    return [heals.deletion("locket-0", heals.uids(lines)["locket-0"], **answer)]


def healed():
    """locket-0's successor answers, and the auctioneer has its lock."""
    return changed(edits.part(edits.BBS_EXECS, "locks", "0", BBS + "\n" + AUCTIONEER)(separate(HEALTHY)), renewed)


# Questions use a hung Locket's dead connections up: then it answers over new ones.
ASKED = {"hangs": {}, "answers": {"by_itself": ("0", BBS)}}


def to_the_deletion(lines):
    return [lines] * 2 + [heals.nodes(), lines, deletions(lines, dry_run=True), deletions(lines)]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("form", FORMS)
def test_it_is_named(form, asked, tmp_path):
    found, because = diagnosed(FORMS[form](**ASKED[asked]), tmp_path)
    assert found == HUNG_ONE, because
    assert any("locket-0's Locket" in sentence for sentence in because), because


@pytest.mark.parametrize("arguments", [["--yes"], ["--yes", "--force"]])
@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("form", FORMS)
def test_that_pod_alone_is_restarted(form, asked, arguments, tmp_path):
    lines = FORMS[form](**ASKED[asked])
    glances = [heals.gets(changed(lines, heals.terminating))[:3]] * 2
    result = heal(tmp_path, to_the_deletion(lines) + glances + [healed()] * 2, *arguments, "--no-evidence")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("locket-0", "deleted")]
    assert "the hang is proved: no grace period needed" in result.err
    assert [deletion["pod"] for deletion in result.document["plan"]["deletions"]] == ["locket-0"]


def test_it_is_not_healed_before_the_auctioneer_has_its_lock(tmp_path):
    lines = staged_by_nobody()
    still = changed(staged_by_nobody(by_itself=("0", BBS), hangs=known(IDLE), waits=known(IDLE)), renewed)
    frames = to_the_deletion(staged_by_nobody()) + [heals.gets(changed(lines, heals.terminating))[:3]] * 2 + [still] * 60
    result = heal(tmp_path, frames, "--yes", "--no-evidence")
    assert (result.status, result.document["outcome"], deleted(result)) == (1, "not-healed", [("locket-0", "deleted")]), result.err
    assert result.document["after"]["diagnosis"]["id"] == "auctioneer-idle"


NOT_A_HANG = {
    "the auctioneer is down": {"waits": ("7 curl", "")},
    "the auctioneer does not wait": {"waits": known(IDLE)},
    "the auctioneer's dump is garbled": {"waits": ("garbled curl", "")},
    "Locket's dump is garbled": {"hangs": ("garbled curl", "")},
    "Locket answers others": {"hangs": known(HANGS.replace("outside=0", "outside=1"))},
    "the other Locket hangs too": {"other": ("137", "")},
    "the other Locket could not be asked": {"other": ("1", "nonsense")},
}


@pytest.mark.parametrize("case", NOT_A_HANG)
def test_anything_else_is_told_and_left_alone(case, tmp_path):
    found, because = diagnosed(staged_by_nobody(**NOT_A_HANG[case]), tmp_path)
    assert found == ("auctioneer-idle", "fix-first", 1), because
    assert any("diego-brain-0" in sentence for sentence in because), because
    frames = [staged_by_nobody(**NOT_A_HANG[case])] * 40 + [deletions(staged_by_nobody())]
    result = heal(tmp_path, frames, "--yes", "--force", "--no-evidence")
    assert (result.status, deleted(result)) == (4, []), result.err


@pytest.mark.parametrize("case", [case for case in NOT_A_HANG if "auctioneer" not in case])
@pytest.mark.parametrize("looks", [1, 2])
@pytest.mark.parametrize("form", FORMS)
def test_what_not_every_look_shows_is_not_restarted(form, looks, case, tmp_path):
    """One look alone shows it; or the last one before the deletion does not."""
    ill = FORMS[form]()
    other = FORMS[form](**NOT_A_HANG[case])
    frames = [ill] * looks + [heals.nodes()] * (looks > 1) + [other] * 40 + [deletions(ill, dry_run=True), deletions(ill)]
    result = heal(tmp_path, frames, "--yes", "--no-evidence")
    assert (result.status, deleted(result)) == (4, []), result.err


def test_other_requests_at_each_look_are_no_hang(tmp_path):
    looks = [staged_by_nobody(hangs=known(HANGS.replace("1099", str(number)))) for number in range(2001, 2041)]
    result = heal(tmp_path, looks + [heals.nodes(), deletions(looks[0], dry_run=True), deletions(looks[0])], "--yes", "--no-evidence")
    assert (result.status, deleted(result)) == (4, []), result.err
    assert "no two looks have proved the hang" in " ".join(result.document["because"])


def test_an_edition_without_such_pods_is_healthy(tmp_path):
    assert diagnosed(staged_by_nobody(brains=()), tmp_path)[0] == ("healthy", "none", 0)


def test_a_recording_that_did_not_ask_is_healthy(tmp_path):
    assert diagnosed(separate(HEALTHY), tmp_path)[0] == ("healthy", "none", 0)


def test_pods_that_cannot_be_listed_are_not_taken_for_none(tmp_path):
    lines = [transcripts.forbidden(line, "pods", "list") if AUCTIONEERS in line["argv"] else line for line in staged_by_nobody()]
    assert diagnosed(lines, tmp_path)[0] == ("inconclusive", "fix-first", 3)
