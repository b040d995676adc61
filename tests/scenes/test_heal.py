"""Heals, replayed: what is deleted, what is refused, and what counts as cured. Each promise of heal has its test here."""
import json
import os
import pathlib
import subprocess

import pytest

import edits
import heals
import product
import transcripts

HUNG, HEALTHY = "locket-hung", "healthy"
# One look, then one each 5 s through the grace period of 60 s, then the last one before acting.
GRACE = 13
PACE = 5.3  # seconds between two looks
FIX_FIRST = ["after-delete-database-down-state", "database-down", "expired-client-cert", "foreign-lock-owner", "foreign-lock-owner-after-heal", "label-frozen"]


def heal(tmp_path, frames, *arguments, header=HUNG, evidence=None):
    transcript = heals.written(tmp_path / "heal.jsonl", frames, header)
    folder = evidence or tmp_path / "evidence"
    return product.run("heal", "--replay", transcript, "-o", "json", *(["--evidence", folder] if "--no-evidence" not in arguments else []), *arguments)


def deleted(result):
    return [(action["pod"], action["result"]) for action in result.document["actions"]]


def sick(times=GRACE, name=HUNG):
    """As long as it must fail before anything is done, with the node asked about for the plan."""
    return [heals.look(name)] * times + [heals.nodes()]


def to_the_deletion(name=HUNG):
    return sick(name=name) + [heals.look(name), heals.deletions(name, dry_run=True), heals.deletions(name)]


def back():
    """New pods, ready, and well inside; then a second healthy look with the same."""
    return [heals.look(HEALTHY, heals.renewed)] * 2


def test_it_heals_and_proves_it(tmp_path):
    frames = to_the_deletion() + [heals.glance(HUNG, heals.terminating)] * 3 + [heals.glance(HUNG, heals.pending)] * 2 + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed")
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]
    assert result.document["before"]["diagnosis"]["id"] == "bbs-lock-stuck"
    assert result.document["after"]["diagnosis"]["id"] == "healthy"


@pytest.mark.parametrize("arguments", [[], ["--yes"], ["--yes", "--force"], ["--dry-run"], ["--dry-run=server"]])
def test_promise_2_what_is_healthy_is_left_alone(arguments, tmp_path):
    result = heal(tmp_path, [heals.look(HEALTHY)], *arguments, header=HEALTHY)
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healthy", [])


@pytest.mark.parametrize("arguments", [["--yes"], ["--yes", "--force"], ["--dry-run"]])
@pytest.mark.parametrize("name", FIX_FIRST)
def test_promises_0_and_2_a_fact_against_a_restart_is_final(name, arguments, tmp_path):
    result = heal(tmp_path, [heals.look(name)] * 40 + [heals.nodes()], *arguments, header=name)
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert not (tmp_path / "evidence").exists()


def test_promise_1_a_pod_that_was_replaced_meanwhile_is_not_hit(tmp_path):
    conflict = heals.refused("Conflict", "the UID in the precondition (a) does not match the UID in record (b)")
    frames = sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **conflict)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed", [])


def test_promise_1_every_deletion_names_the_uid_of_the_plan(tmp_path):
    result = heal(tmp_path, [heals.look(HUNG), heals.nodes()], "--dry-run")
    assert (result.status, result.document["outcome"]) == (0, "planned")
    known = heals.uids(heals.scene(HUNG))
    for planned in result.document["plan"]["deletions"]:
        assert planned["uid"] == known[planned["pod"]]
        assert planned["uid"] in planned["command"] and "--raw" in planned["command"]


def without_owner(pod):
    del pod["metadata"]["ownerReferences"]
    return pod


def of_another_owner(pod):
    pod["metadata"]["ownerReferences"][0]["uid"] = "gone"
    return pod


@pytest.mark.parametrize("change", [without_owner, of_another_owner])
def test_promise_2_pods_that_nobody_would_recreate_stay(change, tmp_path):
    frames = [heals.look(HUNG, change)] * GRACE + [heals.nodes()] + [heals.look(HUNG, change)] * 9
    result = heal(tmp_path, frames, "--yes", "--force")
    assert (result.status, deleted(result)) == (4, [])


def test_promise_3_a_failover_is_waited_out(tmp_path):
    frames = [heals.look(HUNG)] * 5 + [heals.look(HEALTHY)]
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed-by-itself", [])


@pytest.mark.parametrize("first", range(0, 20, 2))
@pytest.mark.parametrize("name", ["failover-term", "failover-kill", "failover-kill-slow"])
def test_promise_3_recorded_failovers_are_waited_out(name, first, tmp_path):
    """Whenever it is begun; all that was not recorded speaks for a restart."""
    result = heal(tmp_path, heals.series(name, first, PACE), "--yes", "--force")
    assert (result.status, deleted(result)) == (0, []), result.err
    assert result.document["outcome"] in ("healthy", "healed-by-itself")


def unlabelled(pod):
    pod["metadata"]["labels"]["skiff-role-active"] = "false"
    return pod


def test_without_a_grace_period_the_slow_failover_would_have_been_hit(tmp_path):
    """Else the test above would prove nothing. Its label alone, with an endpoint, protects it only while it has that."""
    moments = heals.series("failover-kill-slow", 2, PACE)[:2]
    protected = heal(tmp_path, moments + [heals.nodes()], "--dry-run")
    assert (protected.status, protected.document["outcome"]) == (4, "refused")
    assert "labelled active" in " ".join(protected.document["because"])
    result = heal(tmp_path, [heals.changed(moment, unlabelled) for moment in moments] + [heals.nodes()], "--dry-run")
    assert (result.status, result.document["outcome"]) == (0, "planned")


def labelled(pod):
    pod["metadata"]["labels"]["skiff-role-active"] = "true"
    return pod


def test_promise_3_a_label_that_changes_starts_the_grace_period_anew(tmp_path):
    first = [heals.look(HUNG)] * (GRACE - 1)
    frames = first + [heals.look(HUNG, labelled)] + [heals.look(HUNG, labelled)] * 3 + [heals.look(HEALTHY)]
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed-by-itself", [])


def test_promise_3_what_breaks_the_run_is_judged_first(tmp_path):
    """A moment of three recordings, one after the other: what comes in between is no part of an unbroken run."""
    frames = [heals.look(name) for name in (HUNG, "label-frozen", HEALTHY)]
    result = heal(tmp_path, frames, "--yes")
    assert deleted(result) == []


def test_a_replay_keeps_no_evidence(tmp_path):
    """Of somebody else's cluster; that promise 4 is kept is shown in test_evidence.py, on one that answers."""
    frames = to_the_deletion() + [heals.glance(HUNG, heals.terminating)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], result.document["evidence"]) == (0, "healed", None)
    assert os.listdir(tmp_path) == ["heal.jsonl"]


def test_promise_5_without_consent_nothing_is_deleted(tmp_path):
    for arguments in ([], ["--no-input"]):
        result = heal(tmp_path, to_the_deletion() + back(), *arguments)
        assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
        assert "--confirm=" in " ".join(result.document["because"])


def test_promise_5_a_digest_agrees_to_one_plan_only(tmp_path):
    planned = heal(tmp_path, [heals.look(HUNG), heals.nodes()], "--dry-run")
    digest = planned.document["plan"]["digest"]
    frames = to_the_deletion() + [heals.glance(HUNG, heals.terminating)] + back()
    assert heal(tmp_path, frames, f"--confirm={digest}").document["outcome"] == "healed"
    stale = heal(tmp_path, frames, "--confirm=0123456789ab", evidence=tmp_path / "second")
    assert (stale.status, stale.document["outcome"], deleted(stale)) == (4, "refused", [])
    assert digest in " ".join(stale.document["because"])


AWAY = {"code": 1, "out": "", "err": "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n"}


def away(lines):
    """The API server does not answer any of these."""
    return [{**line, "code": 1, "stdout": "", "stderr": AWAY["err"]} for line in lines]


def separate(name, change=None):
    return edits.with_lockets(heals.look(name, change))


def lockets(name, **answer):
    known = heals.uids(separate(name))
    return [heals.deletion(pod, known[pod], **answer) for pod in ("locket-0", "locket-1")]


def new_lockets(lines):
    def renew(pod):
        pod["metadata"]["uid"] = "new-" + pod["metadata"]["uid"]
    return [{**line, "stdout": edits.pods("locket", renew)([line])[0]["stdout"]} if edits.PODS(line) else line for line in lines]


def locket_restarted():
    """Up to the moment before Locket's pods are back."""
    sick_ones = [separate(HUNG)] * GRACE + [heals.nodes(), separate(HUNG)]
    sent = [lockets(HUNG, dry_run=True) + heals.deletions(HUNG, dry_run=True), lockets(HUNG)]
    return sick_ones + sent + [heals.gets(separate(HUNG))]


def test_promise_6_if_lockets_restart_was_enough_the_bbs_stays(tmp_path):
    result = heal(tmp_path, locket_restarted() + [new_lockets(separate(HEALTHY))] * 3, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("locket-0", "deleted"), ("locket-1", "deleted")]


def test_promise_6_if_it_was_not_the_bbs_follows(tmp_path):
    after = new_lockets(separate(HEALTHY, heals.renewed))
    bbs = [heals.deletions(HUNG), after, after]
    result = heal(tmp_path, locket_restarted() + [new_lockets(separate(HUNG))] * 7 + bbs, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert [pod for pod, _ in deleted(result)] == ["locket-0", "locket-1", "diego-api-0", "diego-api-1"]


def test_promise_6_if_nobody_answers_and_it_was_enough_the_bbs_stays(tmp_path):
    """Half of the plan was carried out: that nothing was changed would be a lie."""
    cured = new_lockets(separate(HEALTHY))
    frames = [heals.deletions(HUNG, **AWAY), cured, cured, cured]
    result = heal(tmp_path, locket_restarted() + [new_lockets(separate(HUNG))] * 7 + frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert [pod for pod, _ in deleted(result)] == ["locket-0", "locket-1"]
    assert len(result.document["plan"]["deletions"]) == 4


def test_promise_6_if_locket_does_not_come_back_the_bbs_stays(tmp_path):
    gone = heals.gets(separate(HUNG))
    result = heal(tmp_path, locket_restarted() + [gone] * 150 + [separate(HUNG)], "--yes", "--timeout", "65s")
    assert result.status in (1, 6), result.err
    assert [pod for pod, _ in deleted(result)] == ["locket-0", "locket-1"]


@pytest.mark.parametrize("name", ["foreign-lock-owner", "database-down"])
def test_promise_6_if_something_else_is_wrong_by_then_the_bbs_stays(name, tmp_path):
    back_but_ill = new_lockets(heals.gets(separate(HUNG))) + heals.execs(separate(name))
    result = heal(tmp_path, locket_restarted() + [back_but_ill] + [new_lockets(separate(name))] * 9, "--yes")
    assert (result.status, result.document["outcome"]) == (1, "not-healed"), result.err
    assert [pod for pod, _ in deleted(result)] == ["locket-0", "locket-1"]


def test_promise_7_a_foreign_owner_after_the_restart_is_not_healed(tmp_path):
    foreign = [heals.glance(HEALTHY, heals.renewed) + heals.execs(heals.look("foreign-lock-owner"))] + [heals.look("foreign-lock-owner", heals.renewed)] * 40
    result = heal(tmp_path, to_the_deletion() + foreign, "--yes")
    assert (result.status, result.document["outcome"]) == (1, "not-healed")


def test_promise_7_it_must_stay_healthy(tmp_path):
    frames = to_the_deletion() + [heals.look(HEALTHY, heals.renewed), *[heals.look("foreign-lock-owner", heals.renewed)] * 40]
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (1, "not-healed")


def test_promise_7_a_get_that_fails_is_no_look(tmp_path):
    frames = to_the_deletion() + [heals.failed_glance()] * 4 + [heals.glance(HUNG, heals.terminating), heals.failed_glance()] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed")
    assert any("does not answer" in event["event"] for event in result.document["timeline"])


def test_promise_8_what_cannot_come_up_is_not_waited_for(tmp_path):
    frames = to_the_deletion() + [heals.glance(HUNG, heals.waiting("ImagePullBackOff"))] * 60
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (1, "not-healed")
    assert "ImagePullBackOff" in " ".join(result.document["because"])
    assert result.document["durationSeconds"] < 150


def test_promise_8_a_slow_end_is_waited_for_until_the_time_is_up(tmp_path):
    frames = to_the_deletion() + [heals.glance(HUNG, heals.terminating)] * 150 + [heals.look(HUNG, heals.terminating)]
    result = heal(tmp_path, frames, "--yes", "--timeout", "65s")
    assert (result.status, result.document["outcome"]) == (6, "deadline")


def absent():
    """The old pods have gone, and their successors are not there yet."""
    return [line for line in edits.without_pods("diego-api")(heals.look(HUNG)) if not edits.BBS_EXECS(line)]


@pytest.mark.parametrize("before", [[], [heals.look(HUNG, heals.terminating)]], ids=["at the first look", "after they ended"])
def test_promise_9_between_a_pod_and_its_successor_it_is_waited(before, tmp_path):
    result = heal(tmp_path, before + [absent()] * 3 + back(), "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed", [])


def young(pod):
    """Made in place of what the first heal has deleted, a moment before the second one begins."""
    renewed = heals.renewed(pod)
    renewed["metadata"]["creationTimestamp"] = "2026-11-22T13:47:10Z"
    return renewed


@pytest.mark.parametrize("found", [
    [heals.look(HUNG, heals.terminating)] * 2, [heals.look(HUNG, young)] * 2, [heals.look(HUNG)] * 3,
], ids=["on their way out", "new ones", "deleted after its first look"])
def test_promise_9_a_second_heal_proves_what_the_first_one_did_and_says_so(found, tmp_path):
    result = heal(tmp_path, found + back(), "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed", []), result.err
    assert "this heal deleted none: an earlier one has, or somebody else" in " ".join(result.document["because"])
    assert "BBS or Locket pods are being replaced, and not by this heal" in result.err
    assert "by itself" not in result.err
    seconds = [event for event in result.document["timeline"] if event["event"].startswith("looked: healthy")]
    assert len(seconds) == 2, "two looks"


@pytest.mark.parametrize("before", [[], [heals.look(HUNG, heals.terminating)]], ids=["at the first look", "after they ended"])
def test_promise_9_pods_that_do_not_come_need_a_person(before, tmp_path):
    result = heal(tmp_path, before + [absent()] * 40, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert "not there" in " ".join(result.document["because"])
    assert 30 <= result.document["durationSeconds"] < 60


def test_promise_9_what_somebody_else_deleted_is_no_error(tmp_path):
    known = heals.uids(heals.scene(HUNG))
    gone = [heals.deletion(pod, known[pod], **heals.refused("NotFound", f'pods "{pod}" not found')) for pod in heals.PODS]
    frames = sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True), gone] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, deleted(result)) == (0, [("diego-api-0", "already gone"), ("diego-api-1", "already gone")])


def test_promise_10_a_missing_right_is_found_while_nothing_has_changed(tmp_path):
    forbidden = heals.refused("Forbidden", 'pods "diego-api-0" is forbidden: User "u" cannot delete resource "pods" in API group "" in the namespace "cf"')
    result = heal(tmp_path, sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **forbidden)], "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert "verbs: [delete]" in " ".join(result.document["because"])


def test_the_users_kuberc_does_not_stand_in_the_way(tmp_path):
    hindered = {"code": 1, "out": "", "err": "error: --interactive can not be used with --raw\n"}
    flags = ["--interactive=false"]
    frames = sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **hindered), heals.deletions(HUNG, dry_run=True, flags=flags),
                       heals.deletions(HUNG, **hindered), heals.deletions(HUNG, flags=flags), heals.glance(HUNG, heals.terminating)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed")


def test_a_world_that_changed_between_plan_and_act_stops_it(tmp_path):
    result = heal(tmp_path, sick() + [heals.look(HUNG, heals.renewed)], "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert "not those of the plan" in " ".join(result.document["because"])


def test_no_evidence_is_written_where_none_is_wanted(tmp_path):
    frames = to_the_deletion() + [heals.glance(HUNG, heals.terminating)] + back()
    result = heal(tmp_path, frames, "--yes", "--no-evidence")
    assert (result.status, result.document["evidence"]) == (0, None)
    assert [path.name for path in pathlib.Path(tmp_path).iterdir()] == ["heal.jsonl"]


def test_a_server_side_dry_run_sends_nothing_else(tmp_path):
    frames = [heals.look(HUNG), heals.nodes(), heals.deletions(HUNG, dry_run=True)]
    result = heal(tmp_path, frames, "--dry-run=server")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "planned", [])
    assert os.listdir(tmp_path) == ["heal.jsonl"]
    assert transcripts.read(tmp_path / "heal.jsonl")[-1]["stdin"].count('"dryRun":["All"]') == 1


def test_all_but_the_commands_fits_80_columns(tmp_path):
    transcript = heals.written(tmp_path / "heal.jsonl", to_the_deletion() + [heals.glance(HUNG, heals.terminating)] + back())
    result = product.run("heal", "--replay", transcript, "--yes", "--no-evidence")
    lines = (result.out + result.err).splitlines()
    assert "sts/diego-api" in result.err
    assert [line for line in lines if len(line) > 80 and not line.startswith("  echo ")] == []


@pytest.mark.parametrize("colour", ["always", "never"])
def test_the_outcome_is_marked_by_a_symbol_and_perhaps_by_colour(colour, tmp_path):
    transcript = heals.written(tmp_path / "heal.jsonl", [heals.look("database-down")], "database-down")
    result = product.run("heal", "--replay", transcript, "--color", colour)
    assert result.out.lstrip("\x1b[0123456789m").startswith("! Not done.")
    assert ("\x1b[33m" in result.out) == (colour == "always")


def test_a_result_that_cannot_be_written_changes_no_exit_status(tmp_path):
    transcript = heals.written(tmp_path / "heal.jsonl", [heals.look("database-down")], "database-down")
    with open("/dev/full", "wb") as full:
        process = product.start("heal", "--replay", transcript, stdout=full, stderr=subprocess.PIPE)
        err = process.communicate(timeout=30)[1]
    assert process.returncode == 4
    assert b"the result could not be written" in err


@pytest.mark.parametrize("command, kind", [("heal", "Healing"), ("evidence", "Evidence"), ("diagnose", "Diagnosis")])
@pytest.mark.parametrize("mistake", [["--no-such-flag"], ["-n", "NO"], ["--look"]])
def test_wrong_usage_has_the_form_of_the_command(command, kind, mistake):
    result = product.run(command, "-o", "json", *mistake)
    assert (result.status, result.document["kind"], result.document["exitStatus"]) == (2, kind, 2)


def test_a_timeout_that_ends_before_the_grace_period_is_a_mistake():
    result = product.run("heal", "--yes", "--timeout", "60s", "-o", "json")
    assert (result.status, result.document["outcome"]) == (2, "refused")
    assert "--grace" in result.err


def test_a_webhook_that_is_against_it_is_found_while_nothing_has_changed(tmp_path):
    denied = {"code": 1, "out": "", "err": 'Error from server: admission webhook "guard.example" denied the request: not at night\n'}
    result = heal(tmp_path, sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **denied)], "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert "not at night" in " ".join(result.document["because"])


def test_an_api_server_that_is_away_before_the_last_look_is_waited_for(tmp_path):
    frames = sick() + [away(heals.glance(HUNG))] * 3 + sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err


def test_an_api_server_that_does_not_answer_the_dry_run_is_asked_again(tmp_path):
    frames = sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **AWAY)] + sick() + \
        [heals.look(HUNG), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err


def test_no_answer_to_any_deletion_and_all_well_by_then(tmp_path):
    frames = to_the_deletion()[:-1] + [heals.deletions(HUNG, **AWAY), away(heals.glance(HUNG)), heals.look(HEALTHY)]
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (0, "healed-by-itself", []), result.err


def test_a_deletion_that_was_carried_out_without_an_answer_counts(tmp_path):
    frames = to_the_deletion()[:-1] + [heals.deletions(HUNG, **AWAY), away(heals.glance(HUNG)), heals.look(HUNG, heals.terminating)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]


def one_answered():
    first, second = heals.deletions(HUNG)
    return to_the_deletion()[:-1] + [[first, {**second, "code": 1, "stdout": "", "stderr": AWAY["err"]}]]


def only_first_goes(pod):
    return heals.terminating(pod) if pod["metadata"]["name"] == "diego-api-0" else pod


def test_half_a_restart_is_completed(tmp_path):
    frames = one_answered() + [heals.look(HUNG, only_first_goes), heals.deletions(HUNG)[1:]] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "deleted")]


def test_half_a_restart_that_was_enough_is_not_completed(tmp_path):
    def first_is_new(pod):
        return heals.renewed(pod) if pod["metadata"]["name"] == "diego-api-0" else pod
    frames = one_answered() + [heals.look(HEALTHY, only_first_goes)] + [heals.look(HEALTHY, first_is_new)] * 2
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted")]


def test_the_same_fault_again_after_the_restart_is_not_waited_for_to_the_end(tmp_path):
    frames = to_the_deletion() + [heals.glance(HEALTHY, heals.renewed) + heals.execs(heals.look(HUNG))] + [heals.look(HUNG, heals.renewed)] * 60
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (1, "not-healed"), result.err
    assert result.document["durationSeconds"] < 180


def test_at_the_deadline_what_could_not_be_found_out_is_no_verdict(tmp_path):
    unsure = edits.failing(edits.BBS_EXECS, edits.COMMAND_ENDED)(heals.look(HUNG, heals.renewed))
    frames = to_the_deletion() + [heals.glance(HEALTHY, heals.renewed) + heals.execs(unsure)] + [unsure] * 80
    result = heal(tmp_path, frames, "--yes", "--timeout", "65s")
    assert (result.status, result.document["outcome"]) == (5, "unverified"), result.err


def test_a_transcript_that_cannot_be_read_is_said_so(tmp_path):
    result = product.run("heal", "--replay", tmp_path / "none.jsonl", "-o", "json")
    assert (result.status, result.document["outcome"]) == (4, "refused")
    assert "none.jsonl" in result.err
