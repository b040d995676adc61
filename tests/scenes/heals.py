"""Whole heals from a compact script: a list of frames, each of them what the cluster answers once.

A frame is a list of transcript lines. Looks come from the recorded scenes; a replay answers equal commands in the
order of the frames, and its clock is virtual, so nothing here waits.
"""
import json
import pathlib

import edits
import transcripts

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded"
PODS = ("diego-api-0", "diego-api-1")


def scene(name):
    return transcripts.read(RECORDED / f"{name}.jsonl")


def uids(lines):
    """Pod name to UID, as the first list of pods in these lines has them."""
    listing = next(line for line in lines if "pods" in line.get("argv", []) and "get" in line["argv"])
    return {pod["metadata"]["name"]: pod["metadata"]["uid"] for pod in json.loads(listing["stdout"])["items"]}


def changed(lines, change):
    """The same lines, with change(pod) applied to each BBS pod in each list of pods."""
    result = []
    for line in lines:
        if "pods" in line.get("argv", []) and "get" in line["argv"]:
            listing = json.loads(line["stdout"])
            items = []
            for pod in listing["items"]:
                pod = change(pod) if pod["metadata"]["name"] in PODS else pod
                if pod is not None:
                    items.append(pod)
            line = {**line, "stdout": json.dumps({**listing, "items": items})}
        result.append(line)
    return result


def renewed(pod):
    """The pod that its StatefulSet makes in its place."""
    pod["metadata"]["uid"] = "new-" + pod["metadata"]["uid"][4:]
    return pod


def terminating(pod):
    pod["metadata"]["deletionTimestamp"] = "2026-11-22T14:10:00Z"
    return pod


def pending(pod):
    renewed(pod)
    pod["status"] = {"phase": "Pending"}
    return pod


def waiting(reason):
    def change(pod):
        pending(pod)
        pod["status"]["containerStatuses"] = [{"name": "diego-api", "ready": False, "restartCount": 0, "state": {"waiting": {"reason": reason}}}]
        return pod
    return change


def look(name, change=None):
    """A full look, as recorded under this name."""
    lines = [line for line in scene(name) if "argv" in line]
    return changed(lines, change) if change else lines


def gets(lines):
    """Of a look, the first round: no exec."""
    return [line for line in lines if "exec" not in line["argv"]]


def execs(lines):
    """Of a look, what a glance lacks."""
    return [line for line in lines if "exec" in line["argv"]]


def glance(name, change=None):
    return gets(look(name, change))


def failed_glance():
    return [{**line, "code": 1, "stdout": '{"apiVersion":"v1","items":[],"kind":"List","metadata":{"resourceVersion":""}}',
             "stderr": "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?\n"} for line in glance("healthy")]


def sample(row, serving, since):
    """A look at a moment of a recorded series. Where a BBS answers, it is this one, and has done so for so many seconds.
    What was not recorded speaks for a restart, as far as it can."""
    def relabel(pod):
        name = pod["metadata"]["name"]
        pod["metadata"]["labels"]["skiff-role-active"] = row["active"][name]
        if not row["ready"][name]:
            edits.not_ready(pod)
        return pod
    def readdress(found):
        known = {pod["metadata"]["name"]: pod for line in lines if edits.PODS(line) for pod in json.loads(line["stdout"])["items"]}
        for thing in found:
            if thing["kind"] == "Endpoints" and thing["metadata"]["name"] == "diego-api":
                thing["subsets"] = [{"addresses": [{"ip": known[name]["status"]["podIP"], "targetRef": {"kind": "Pod", "name": name}} for name in row["endpoints"]],
                                     "ports": [{"port": 8889}]}] if row["endpoints"] else []
    lines = look("locket-hung", relabel)
    lines = edits.items(edits.OBJECTS, readdress)(lines)
    if "succeeded" in row["probe"]:  # else it was refused, as in the look that this is made from
        lines = edits.part(edits.API_EXECS, "probe", "0 nc", row["probe"])(lines)
    if row["ping"] == "200":
        clock = next(int("".join(filter(str.isdigit, transcripts.parts_of(line["stdout"])["clock"]))) for line in lines if edits.is_exec_in(serving)(line))
        event = {"timestamp": f"{clock - since:.9f}", "source": "bbs", "message": "bbs.locket-lock.acquired-lock", "log_level": 1, "data": {}}
        lines = edits.part(edits.is_exec_in(serving), "ping", "0", "")(lines)
        # Whoever serves has the lock.
        owner = f'{{"key":"bbs","owner":"{serving}","type":"lock","type_code":1}}'
        if not all(owner in line["stdout"] for line in lines if edits.BBS_EXECS(line)):
            lines = edits.part(edits.BBS_EXECS, "locks", "0", owner)(lines)
        lines = edits.part(edits.is_exec_in(serving), "log-bbs", "0", json.dumps(event, separators=(",", ":")))(lines)
    return lines


def series(name, first, pace):
    """Looks at a recorded series from its sample `first` on, one each `pace` seconds, and its end for a long time after that."""
    rows = [json.loads(line) for line in (HERE / "series" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    broken = next(row["at"] for row in rows if row["ping"] != "200")
    taken_over = next(row["at"] for row in rows if row["ping"] == "200" and row["at"] > broken)
    before, after = (next(pod for pod in PODS if row["active"][pod] == "true") for row in (rows[0], rows[-1]))
    long_ago = 600
    def at(row, later=0):
        is_new = row["at"] >= taken_over
        return sample(row, after if is_new else before, row["at"] - taken_over + later if is_new else long_ago)
    looks = []
    begin = rows[first]["at"]
    while begin + len(looks) * pace < rows[-1]["at"]:
        now = begin + len(looks) * pace
        looks.append(at([row for row in rows if row["at"] <= now][-1]))
    return looks + [at(rows[-1], later) for later in range(5, 60, 5)]


def nodes():
    argv = ["kubectl", "get", "-n", "cf", "-o", "json", "--watch=false", "nodes", "node1"]
    return [{"argv": argv, "stdout": json.dumps({"kind": "Node", "metadata": {"name": "node1"}, "status": {"conditions": [{"type": "Ready", "status": "True"}]}})}]


def deletion(pod, uid, dry_run=False, flags=(), code=0, out=None, err=""):
    body = {"kind": "DeleteOptions", "apiVersion": "v1", "preconditions": {"uid": uid}, **({"dryRun": ["All"]} if dry_run else {})}
    answer = {"kind": "Pod", "metadata": {"name": pod, "uid": uid, "deletionTimestamp": "2026-11-22T15:00:00Z", "deletionGracePeriodSeconds": 600}}
    return {"argv": ["kubectl", "delete", "--raw", f"/api/v1/namespaces/cf/pods/{pod}", "-f", "-", *flags], "stdin": json.dumps(body, separators=(",", ":")),
            "code": code, "stdout": json.dumps(answer) if out is None else out, "stderr": err}


def deletions(name, **answer):
    """The deletion of both BBS pods of a scene, all answered alike."""
    known = uids(scene(name))
    return [deletion(pod, known[pod], **answer) for pod in PODS]


def refused(kind, text):
    return {"code": 1, "out": "", "err": f"Error from server ({kind}): {text}\n"}


def written(path, frames, header="locket-hung"):
    """Writes the frames as one transcript."""
    lines = [{**scene(header)[0], "note": "made by tests/scenes/heals.py"}]
    for frame in frames:
        for line in frame:
            lines.append({"start": 0.0, "duration": 0.1, "stdin": "", "end": "exited", "code": 0, "stdout": "", "stderr": "", **line})
    return transcripts.write(path, lines)
