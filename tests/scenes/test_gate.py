"""The gate of heal: what appears between the plan and a deletion, before a further stage and before a second try.

Each of these deleted pods, or said that it had, before there was a gate.
"""
import json

import pytest

import edits
import heals
from test_heal import AWAY, GRACE, HEALTHY, HUNG, back, deleted, heal, locket_restarted, new_lockets, one_answered, only_first_goes, separate, sick, to_the_deletion


def locks(status, text=""):
    return edits.part(edits.BBS_EXECS, "locks", status, text)


NO_CFDOT = locks("absent")
NO_DATABASE = edits.part(edits.BBS_EXECS, "database-bbs", "unreadable", "")
OWNER = '{"key":"bbs","owner":"%s","type":"lock","type_code":1}'


def serving(lines):
    return edits.part(edits.is_exec_in("diego-api-0"), "ping", "0", "")(lines)


def sent():
    return [heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)]


def planned_then(last, before=lambda lines: lines):
    """A plan that was agreed to; `last` is what is seen after that, and whatever is sent would be carried out."""
    return [before(heals.look(HUNG))] * GRACE + [heals.nodes(), last] + sent() + [last] * 20 + back()


@pytest.mark.parametrize("against", [
    locks("0"), locks("0", OWNER % "other-cf-diego-api-0"), lambda lines: serving(NO_CFDOT(lines)),
], ids=["the lock has no owner", "a stranger owns it", "a BBS serves"])
def test_a_fact_against_it_that_appears_is_final_also_when_forced(against, tmp_path):
    forced = NO_CFDOT(heals.look(HUNG))
    result = heal(tmp_path, planned_then(against(heals.look(HUNG)), NO_CFDOT), "--yes", "--force")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
    agreed = heal(tmp_path, [forced] * GRACE + [heals.nodes(), forced] + sent() + back(), "--yes", "--force", "--no-evidence")
    assert agreed.document["outcome"] == "healed", "else this would prove nothing"


def test_another_gap_than_the_one_agreed_to_refuses(tmp_path):
    result = heal(tmp_path, planned_then(NO_DATABASE(heals.look(HUNG)), NO_CFDOT), "--yes", "--force")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
    assert "not known any more" in " ".join(result.document["because"])


def set_of(change):
    """The BBS's StatefulSet, changed; None: gone."""
    def edit(found):
        found[:] = [change(thing) if thing["kind"] == "StatefulSet" and thing["metadata"]["name"] == "diego-api" else thing for thing in found]
        found[:] = [thing for thing in found if thing]
    return edits.items(edits.OBJECTS, edit)


def scaled(replicas):
    def change(thing):
        thing["spec"]["replicas"] = replicas
        return thing
    return set_of(change)


def orphaned(*names):
    def change(pod):
        if pod["metadata"]["name"] in names:
            del pod["metadata"]["ownerReferences"]
        return pod
    return lambda lines: heals.changed(lines, change)


@pytest.mark.parametrize("change", [
    orphaned("diego-api-0", "diego-api-1"), orphaned("diego-api-1"), set_of(lambda thing: None), scaled(0), scaled(1),
], ids=["both orphaned", "one orphaned", "deleted", "scaled to none", "scaled to one"])
def test_an_owner_that_goes_between_plan_and_deletion_refuses(change, tmp_path):
    result = heal(tmp_path, planned_then(change(heals.look(HUNG))), "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err


def of_a_replica_set(pod):
    pod["metadata"]["ownerReferences"][0].update(kind="ReplicaSet", name="diego-api-7c9d5f", uid="rs-1")
    return pod


def replica_sets(replicas, uid="rs-1", **answer):
    item = {"kind": "ReplicaSet", "metadata": {"name": "diego-api-7c9d5f", "uid": uid}, "spec": {"replicas": replicas}}
    argv = ["kubectl", "get", "-n", "cf", "-o", "json", "--watch=false", "replicasets"]
    return [{"argv": argv, "stdout": json.dumps({"kind": "List", "items": [item]}), **answer}]


@pytest.mark.parametrize("answer, outcome", [
    (replica_sets(2), "planned"), (replica_sets(1), "refused"), (replica_sets(0), "refused"), (replica_sets(2, uid="rs-2"), "refused"),
    ([{**line, "code": 1, "stdout": "", "stderr": AWAY["err"]} for line in replica_sets(2)], "refused"),
], ids=["there", "wants one less", "scaled to none", "another one", "not known"])
def test_a_replica_set_is_checked_as_well(answer, outcome, tmp_path):
    result = heal(tmp_path, [heals.look(HUNG, of_a_replica_set) + answer, heals.nodes()], "--dry-run", "--force")
    assert result.document["outcome"] == outcome, result.document["because"]


def test_a_replica_set_that_goes_between_plan_and_deletion_refuses(tmp_path):
    with_set, without = (heals.look(HUNG, of_a_replica_set) + replica_sets(replicas) for replicas in (2, 0))
    frames = [with_set] * GRACE + [heals.nodes(), without, heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + back()
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err


def active(name, endpoint=True):
    """Labelled, and an endpoint of the service."""
    def label(pod):
        if pod["metadata"]["name"] == name:
            pod["metadata"]["labels"]["skiff-role-active"] = "true"
        return pod
    def lead(found):
        for thing in found:
            if endpoint and thing["kind"] == "Endpoints" and thing["metadata"]["name"] == "diego-api":
                thing["subsets"] = [{"addresses": [{"ip": "10.0.0.9", "targetRef": {"kind": "Pod", "name": name}}], "ports": [{"port": 8889}]}]
    return lambda lines: edits.items(edits.OBJECTS, lead)(heals.changed(lines, label))


def unasked(lines):
    """Nobody may exec in the BBS pods any more."""
    return edits.failing(edits.is_exec_in("diego-api"), 'Error from server (Forbidden): pods "x" is forbidden\n')(lines)


@pytest.mark.parametrize("change", [active("diego-api-0"), lambda lines: lines], ids=["and one is active", "and nothing else"])
def test_after_lockets_restart_what_is_not_known_allows_no_second_stage(change, tmp_path):
    after = new_lockets(unasked(change(separate(HUNG))))
    result = heal(tmp_path, locket_restarted() + [after] * 100 + [heals.deletions(HUNG)], "--yes", "--force", "--timeout", "70s")
    assert [pod for pod, _ in deleted(result)] == ["locket-0", "locket-1"], result.err
    assert result.document["outcome"] in ("not-healed", "unverified")


def test_what_is_not_known_allows_no_second_try(tmp_path):
    unsure = unasked(heals.look(HUNG, only_first_goes))
    result = heal(tmp_path, one_answered() + [unsure] * 100 + [heals.deletions(HUNG)[1:]], "--yes", "--force", "--timeout", "65s")
    assert [pod for pod, answer in deleted(result) if answer != "unknown"] == ["diego-api-0"], result.err


@pytest.mark.parametrize("arguments", [["--yes"], ["--yes", "--force"]])
def test_an_active_pod_with_an_endpoint_is_never_deleted(arguments, tmp_path):
    change = active("diego-api-1")
    frames = [change(heals.look(HUNG))] * 2 * GRACE + [heals.nodes(), heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + back()
    result = heal(tmp_path, frames, *arguments)
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", []), result.err
    assert "labelled active" in " ".join(result.document["because"])


def test_a_frozen_label_without_an_endpoint_protects_nobody(tmp_path):
    frozen = active("diego-api-1", endpoint=False)(heals.look(HUNG))
    frames = [frozen] * GRACE + [heals.nodes(), frozen, heals.deletions(HUNG, dry_run=True), heals.deletions(HUNG)] + back()
    assert heal(tmp_path, frames, "--yes").document["outcome"] == "healed"


SERVER = "https://rancher.example/k8s/clusters/c-m-abc123"


def behind_a_path(frames):
    """The same cluster, by a server's URL with a path."""
    def change(line):
        if "config" in line["argv"]:
            return {**line, "stdout": line["stdout"].replace("https://recorded.example", SERVER + "/")}
        argv = [word.replace("/api/v1/", "/k8s/clusters/c-m-abc123/api/v1/") if word.startswith("/api/v1/") else word for word in line["argv"]]
        return {**line, "argv": argv}
    return [[change(line) for line in frame] for frame in frames]


def test_the_path_of_the_servers_url_is_put_in_front(tmp_path):
    result = heal(tmp_path, behind_a_path(to_the_deletion() + [heals.glance(HUNG, heals.terminating)] + back()), "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert all("delete --raw /k8s/clusters/c-m-abc123/api/v1/" in planned["command"] for planned in result.document["plan"]["deletions"])


def test_a_path_that_is_not_found_is_no_pod_that_is_gone(tmp_path):
    lost = heals.refused("NotFound", "the server could not find the requested resource")
    result = heal(tmp_path, sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **lost)] + [heals.look(HUNG)] * 200, "--yes", "--timeout", "5m")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert "could not find the requested resource" in " ".join(result.document["because"])
    assert result.document["durationSeconds"] < 70


def test_a_kubectl_that_cannot_do_it_ends_at_the_first_dry_run(tmp_path):
    old = {"code": 1, "out": "", "err": "Error: unknown flag: --raw\nSee 'kubectl delete --help' for usage.\n"}
    result = heal(tmp_path, sick() + [heals.look(HUNG), heals.deletions(HUNG, dry_run=True, **old)] + [heals.look(HUNG)] * 200, "--yes", "--timeout", "5m")
    assert (result.status, result.document["outcome"], deleted(result)) == (4, "refused", [])
    assert "unknown flag: --raw" in " ".join(result.document["because"])
    assert result.document["durationSeconds"] < 70


def test_two_gaps_have_two_digests(tmp_path):
    def digest(change):
        result = heal(tmp_path, [change(heals.look(HUNG)), heals.nodes()], "--dry-run", "--force")
        assert result.document["outcome"] == "planned", result.document["because"]
        return result.document["plan"]["digest"]
    assert len({digest(NO_CFDOT), digest(NO_DATABASE), digest(lambda lines: lines)}) == 3


DENIED = {"code": 1, "out": "", "err": 'Error from server: admission webhook "guard.example" denied the request: one is enough\n'}


def half_denied():
    """The dry run passed, and then the second deletion is not let through."""
    first, second = heals.deletions(HUNG)
    return to_the_deletion()[:-1] + [[first, {**second, "code": 1, "stdout": "", "stderr": DENIED["err"]}]]


def first_is(change):
    return lambda pod: change(pod) if pod["metadata"]["name"] == "diego-api-0" else pod


def test_what_was_deleted_is_waited_for_where_the_rest_is_denied(tmp_path):
    frames = half_denied() + [heals.glance(HUNG, first_is(heals.terminating))] * 3 + [heals.look(HEALTHY, first_is(heals.renewed))] * 2
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (0, "healed"), result.err
    assert deleted(result) == [("diego-api-0", "deleted"), ("diego-api-1", "refused")]
    assert "diego-api-1 could not be deleted" in " ".join(result.document["because"]) and "one is enough" in " ".join(result.document["because"])


def test_where_the_rest_is_denied_and_it_did_not_help_both_are_said(tmp_path):
    frames = half_denied() + [heals.gets(heals.look(HEALTHY, first_is(heals.renewed))) + heals.execs(heals.look(HUNG))] + [heals.look(HUNG, first_is(heals.renewed))] * 60
    result = heal(tmp_path, frames, "--yes")
    assert (result.status, result.document["outcome"]) == (1, "not-healed"), result.err
    assert "one is enough" in " ".join(result.document["because"])


def test_where_all_is_denied_nothing_was_changed(tmp_path):
    result = heal(tmp_path, to_the_deletion()[:-1] + [heals.deletions(HUNG, **DENIED)] + back(), "--yes")
    assert (result.status, result.document["outcome"]) == (4, "refused")
    assert deleted(result) == [("diego-api-0", "refused"), ("diego-api-1", "refused")]
