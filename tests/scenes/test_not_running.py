"""No BBS process in any pod, and nobody starts one: Locket and the database are well, and monit has not been told to leave
the BBS alone. Made from a recorded look: what a killed BBS leaves, and what the scripts say of it."""
import pytest

import edits
import heals
import product
import transcripts
from test_heal import HEALTHY, HUNG, back, deleted, heal
from test_heal_proved import ACCEPTS, seconds_to_the_deletion

HOUR = 3600
# One look each 5.5 s through the grace period of 60 s; the one before acting comes behind them.
GRACE = 12
CLOSED = "7 curl", "curl: (7) Failed to connect to 127.0.0.1 port 17017: Connection refused"
ABSENT = "absent", ""
REFUSED = "1 nc", "nc: connect to 127.0.0.1 port 8890 (tcp) failed: Connection refused"
SUMMARY = "The Monit daemon 5.2.5 uptime: 8h 32m\n\nProcess 'bbs'                       {}\nProcess 'locket'                    running"
OWNER = '{{"key":"bbs","owner":"{}","type":"lock","type_code":1}}'
NAMED = OWNER.format("diego-api-0")  # as recorded
SERVES = {"ping": ("0", ""), "port-bbs": ("0 nc", "succeeded!")}


def part(name, answer):
    return f"\n<cfee:{name} {answer[0]}>\n{answer[1]}\n</cfee>\n"


def lager(at, message, more=""):
    return f'{{"timestamp":"{at}.000000000","source":"bbs","message":"bbs.{message}","log_level":1,"data":{{{more}}}}}'


def logs(clock, killed):
    """diego-api-0 had the lock, diego-api-1 stood by; both were killed so many seconds ago."""
    began, last = clock - killed - HOUR, clock - killed
    start = [lager(began, "starting"), lager(began + 1, "locket-lock.started")]
    collision = lager(began + 2, "locket-lock.failed-to-acquire-lock", '"error":"rpc error: code = 6 desc = lock-collision"')
    return {"diego-api-0": [*start, lager(began + 2, "locket-lock.acquired-lock"), lager(began + 3, "started"), lager(last, "request.done")],
            "diego-api-1": [*start, collision]}


def look(monit=("0", SUMMARY.format("Does not exist")), killed=HOUR, locks=("0", ""), processes=("0", ""), more_log=(), heard=("0 postgres", ACCEPTS), change=None, **parts):
    """`parts` are said by diego-api-1 in place of what a pod without a BBS says; `change` changes each pod."""
    lines = edits.settled(heals.look(HUNG, change))
    clocks = {transcripts.pod_of(line): int("".join(filter(str.isdigit, transcripts.parts_of(line["stdout"])["clock"]))) for line in lines if edits.BBS_EXECS(line)}
    for pod, clock in clocks.items():
        said = logs(clock, killed)[pod] + [lager(clock - age, *message) for age, *message in more_log]
        lines = edits.part(edits.is_exec_in(pod), "log-bbs", "0", "\n".join(said))(lines)
    if locks != ("0", NAMED):
        lines = edits.part(edits.BBS_EXECS, "locks", *locks)(lines)
    for name, answer in parts.items():
        lines = edits.part(edits.is_exec_in("diego-api-1"), name, *answer)(lines)
    said = {"cfee-stacks": part("stacks-bbs", CLOSED) + part("stacks-locket", ABSENT),
            "cfee-database": part("answer-bbs", heard),
            "cfee-supervision": part("monit", monit) + part("processes", processes) + part("health", REFUSED)}
    asked = [{**line, "argv": [script if word == "cfee-bbs" else word for word in line["argv"]], "stdout": stdout + part("done", ("1", ""))}
             for script, stdout in said.items() for line in lines if "cfee-bbs" in line["argv"]]
    return lines + asked


def diagnose(tmp_path, lines):
    header = transcripts.read(heals.RECORDED / f"{HUNG}.jsonl")[0]
    return product.run("diagnose", "--replay", transcripts.write(tmp_path / "gone.jsonl", [header, *lines]), "-o", "json")


FAILS = "exited-with-failure", '"error":"Exit trace for group:\\nmigration-manager exited with error: Existing DB version (2) exceeds bbs version (1)"'
LOOP = [(45, "starting"), (44, *FAILS), (35, "starting"), (34, *FAILS)]
UNMONITORED = "0", SUMMARY.format("not monitored")
# What a look shows: diagnosis, remedy, exit status, and a part of the reasons.
ROWS = {
    "no BBS runs": (look(), "bbs-not-running", "restart", 1, "monit looks after the BBS in every BBS pod"),
    "it cannot be started": (look(monit=("0", SUMMARY.format("Execution failed"))), "bbs-not-running", "restart", 1, "nobody has the BBS's lock"),
    "somebody stopped it": (look(monit=UNMONITORED), "bbs-stopped", "fix-first", 1, "diego-api-1: monit says of the BBS: not monitored"),
    "no monit": (look(monit=("127", "")), "inconclusive", "fix-first", 1, "there is no monit"),
    "no answer of monit": (look(monit=("137", "")), "inconclusive", "fix-first", 1, "monit does not answer within the limit"),
    "no daemon": (look(monit=("1", "monit: error connecting to the monit daemon")), "inconclusive", "fix-first", 1, "error connecting to the monit daemon"),
    "an unknown word": (look(monit=("0", SUMMARY.format("initializing"))), "inconclusive", "fix-first", 1, "initializing"),
    "there is a process": (look(processes=("0", " 17")), "inconclusive", "fix-first", 1, ""),
    "processes are hidden": (look(processes=("hidden", "")), "inconclusive", "fix-first", 1, "it is not known that no BBS pod has a process"),
    "killed 89 s ago": (look(killed=89), "failover", "wait", 1, "diego-api-0 took the lock last"),
    "killed 90 s ago": (look(killed=90), "bbs-not-running", "restart", 1, ""),
    "a crash loop": (look(more_log=LOOP), "bbs-crashing", "fix-first", 1, "exceeds bbs version"),
    "an old crash loop": (look(more_log=[(age + 600, *message) for age, *message in LOOP]), "inconclusive", "fix-first", 1, "exceeds bbs version"),
    "the database is silent": (look(heard=("137 postgres", "open")), "database-down", "fix-first", 1, "does not answer"),
    "a migration": (look(more_log=[(600, "migration-manager.running-migration")]), "bbs-starting", "wait", 1, "migrates its database"),
    "a stranger has the lock": (look(locks=("0", OWNER.format("other-cf-diego-api-0"))), "lock-held-elsewhere", "fix-first", 1, ""),
    "Locket still names the one that is gone": (look(locks=("0", NAMED)), "bbs-lock-stuck", "restart", 1, "Locket names our own diego-api-0"),
}


@pytest.mark.parametrize("name", ROWS)
def test_diagnosis(name, tmp_path):
    lines, *expected, why = ROWS[name]
    result = diagnose(tmp_path, lines)
    assert [result.diagnosis, result.remedy, result.status] == expected, result.document["diagnosis"]
    assert why in " ".join(result.document["diagnosis"]["because"])


def test_one_pod_that_still_serves_has_no_spare(tmp_path):
    """The other one's process has ended for good."""
    lines = edits.settled(heals.look(HEALTHY))
    active = next(transcripts.pod_of(line) for line in lines if edits.BBS_EXECS(line) and "<cfee:ping 0>" in line["stdout"])
    (other,) = (pod for pod in heals.PODS if pod != active)
    ended = next(logs(int("".join(filter(str.isdigit, transcripts.parts_of(line["stdout"])["clock"]))), HOUR) for line in lines if edits.is_exec_in(other)(line))
    lines = edits.part(edits.is_exec_in(other), "log-bbs", "0", "\n".join(ended["diego-api-0"]))(lines)
    result = diagnose(tmp_path, lines)
    assert (result.diagnosis, result.remedy, result.status) == ("no-spare", "none", 0), result.document["diagnosis"]


def ends():
    return [heals.glance(HUNG, heals.terminating)] * 3 + [heals.glance(HUNG, heals.pending)] * 2 + back()


def sent():
    return [heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]


def test_it_is_restarted_after_the_whole_grace_period(tmp_path):
    result = heal(tmp_path, [look()] * GRACE + [heals.nodes(), look()] + sent() + ends(), "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]
    assert seconds_to_the_deletion(result) >= 60
    assert {planned["reason"] for planned in result.document["plan"]["deletions"]} == {"no BBS runs in it, and nobody starts it"}


@pytest.mark.parametrize("arguments", [["--yes"], ["--yes", "--force"]])
@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row[2] != "restart" and row[1] != "inconclusive"] + ["there is a process", "an old crash loop"])
def test_what_speaks_against_it_is_final(name, arguments, tmp_path):
    lines = ROWS[name][0]
    result = heal(tmp_path, [lines] * 40 + [heals.nodes()] + sent(), *arguments, "--no-evidence", "--timeout", "100s")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err


@pytest.mark.parametrize("name", ["no monit", "no answer of monit", "processes are hidden"])
def test_what_is_not_known_is_no_reason_unless_forced(name, tmp_path):
    lines = ROWS[name][0]
    result = heal(tmp_path, [lines] * 40 + [heals.nodes()] + sent() + ends(), "--yes", "--no-evidence")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
    forced = heal(tmp_path, [lines] * GRACE + [heals.nodes(), lines] + sent() + ends(), "--yes", "--force", "--no-evidence")
    assert forced.document["outcome"] == "healed", forced.err


@pytest.mark.parametrize("last", [look(monit=UNMONITORED), look(processes=("0", " 17")), look(locks=("0", OWNER.format("other-cf-diego-api-0"))), look(**SERVES)],
                         ids=["somebody stops it", "somebody starts it", "a stranger takes the lock", "one serves"])
def test_what_appears_before_the_deletion_refuses(last, tmp_path):
    frames = [look()] * GRACE + [heals.nodes(), last] + sent() + [last] * 20 + ends()
    result = heal(tmp_path, frames, "--yes", "--force")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
