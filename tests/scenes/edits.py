"""Changes to a transcript, one fault at a time. Each takes the lines and returns them anew."""
import copy
import json
import re

import transcripts

EMPTY_LIST = json.dumps({"apiVersion": "v1", "items": [], "kind": "List", "metadata": {"resourceVersion": ""}})
OLD = "2026-11-22T09:00:00Z"  # hours before any recorded look
COMMAND_ENDED = "command terminated with exit code 1\n"


def is_get(*words):
    """Is it a get of exactly this?"""
    return lambda line: "get" in line.get("argv", []) and line["argv"][line["argv"].index("--watch=false") + 1:][:len(words)] == list(words)


def is_exec_in(*prefixes):
    """Is it an exec in a pod whose name begins so?"""
    return lambda line: transcripts.is_exec(line) and transcripts.pod_of(line).startswith(prefixes)


PODS = is_get("pods")
OBJECTS = is_get("services,endpoints,statefulsets")
ALL_GETS = is_get()
ALL_EXECS = is_exec_in("")
API_EXECS = is_exec_in("api")
BBS_EXECS = is_exec_in("diego")


def answered(which, **answer):
    """These commands are answered differently."""
    return lambda lines: [{**line, **answer} if which(line) else line for line in lines]


def failing(which, stderr, stdout="", code=1):
    return answered(which, end="exited", code=code, stdout=stdout, stderr=stderr)


def saying(which, old, new):
    """These commands print something else; it is an error where they did not print `old`."""
    def change(lines):
        assert any(which(line) and old in line["stdout"] for line in lines), old
        return [{**line, "stdout": line["stdout"].replace(old, new)} if which(line) else line for line in lines]
    return change


def part(which, name, status, text):
    """A part of the script's answer, changed."""
    def change(lines):
        changed = []
        for line in lines:
            if which(line):
                found = transcripts.parts_of(line["stdout"]).get(name)
                if found:
                    line = {**line, "stdout": line["stdout"].replace(found, f"\n<cfee:{name} {status}>\n{text}\n</cfee>\n")}
            changed.append(line)
        assert changed != lines, f"no part {name}"
        return changed
    return change


def in_turn(*changes):
    def change(lines):
        for one in changes:
            lines = one(lines)
        return lines
    return change


def asked_too(*words, **answer):
    """A command that only this scene provokes."""
    def change(lines):
        like = next(line for line in lines if PODS(line))
        argv = like["argv"][:like["argv"].index("--watch=false") + 1] + list(words)
        added = {**like, "argv": argv, "end": "exited", "code": 0, "stdout": "", "stderr": "", **answer}
        return lines[:-1] + [added, lines[-1]]
    return change


def items(which, edit):
    """The items of a list; `edit` gets the list of them and changes it in place."""
    def change(lines):
        changed = []
        for line in lines:
            if which(line):
                document = json.loads(line["stdout"])
                edit(document["items"])
                line = {**line, "stdout": json.dumps(document)}
            changed.append(line)
        return changed
    return change


def pods(prefix, edit):
    """Each pod whose name begins so is changed, and all pods are old, so that none counts as starting."""
    def edit_all(found):
        for pod in found:
            pod["metadata"]["creationTimestamp"] = OLD
            if pod["metadata"]["name"].startswith(prefix):
                edit(pod)
    return items(PODS, edit_all)


def settled(lines):
    """Pods that are hours old, and a lock that has not moved for an hour: nothing is under way."""
    def later(line):
        clock = transcripts.parts_of(line["stdout"]).get("clock", "")
        number = "".join(filter(str.isdigit, clock))
        return {**line, "stdout": line["stdout"].replace(clock, clock.replace(number, str(int(number) + 3600)))} if number else line
    return pods("", lambda pod: None)([later(line) if BBS_EXECS(line) else line for line in lines])


def without_pods(prefix):
    """No such pods, in the list by label and in the list of all."""
    def edit(found):
        found[:] = [pod for pod in found if not pod["metadata"]["name"].startswith(prefix)]
    def change(lines):
        lines = items(PODS, edit)(lines)
        return in_turn(
            asked_too("pods", stdout=next(line for line in lines if PODS(line))["stdout"]),
            asked_too("namespace", "cf", stdout=json.dumps({"kind": "Namespace"})),
        )(lines)
    return change


def not_ready(pod, phase="Running", state=None):
    pod["status"]["phase"] = phase
    for condition in pod["status"]["conditions"]:
        if condition["type"] in ("Ready", "ContainersReady"):
            condition["status"] = "False"
    for container in pod["status"]["containerStatuses"]:
        container["ready"] = False
        container["state"] = copy.deepcopy(state or {"running": {"startedAt": OLD}})


def waiting(reason, phase="Running"):
    return lambda pod: not_ready(pod, phase, {"waiting": {"reason": reason, "message": "..."}})


def with_lockets(lines):
    """The same, with Locket in two pods of its own, as SCF 2.16 and later have it."""
    def locket_from(thing):
        text = json.dumps(thing).replace("diego-api", "locket").replace(thing["metadata"]["uid"], "locket-" + thing["metadata"]["uid"])
        return json.loads(text)
    def add_pods(found):
        bbs = [pod for pod in found if pod["metadata"]["name"].startswith("diego-api")]
        for pod in bbs:
            locket = locket_from(pod)
            locket["metadata"]["labels"].pop("skiff-role-active")
            locket["metadata"]["ownerReferences"][0]["uid"] = "locket-set"
            found.append(locket)
    def add_set(found):
        locket = locket_from(next(thing for thing in found if thing["kind"] == "StatefulSet" and thing["metadata"]["name"] == "diego-api"))
        locket["metadata"]["uid"] = "locket-set"
        found.append(locket)
    def only(line, kept):
        text = "".join(whole if name in kept else f"\n<cfee:{name} absent>\n\n</cfee>\n" for name, whole in transcripts.parts_of(line["stdout"]).items())
        return {**line, "stdout": text}
    changed = []
    for line in items(OBJECTS, add_set)(items(PODS, add_pods)(lines)):
        if BBS_EXECS(line):
            locket = {**line, "argv": [re.sub(r"^diego-api(?=-\d$|$)", "locket", word).replace("cfee-bbs", "cfee-locket") for word in line["argv"]]}
            changed.append(only(locket, ("clock", "port-locket", "database-locket", "log-locket", "done")))
            line = only(line, ("clock", "ping", "port-bbs", "locket", "locks", "database-bbs", "log-bbs", "done"))
            line["stdout"] = line["stdout"].replace("\n127.0.0.1:8891\n", "\nlocket-locket.cf:8891\n")
        changed.append(line)
    return changed


def ended(phase):
    return lambda pod: not_ready(pod, phase, {"terminated": {"exitCode": 0 if phase == "Succeeded" else 1}})


def pending(pod):
    """Nobody has found a node for it."""
    pod["status"] = {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes are available: 3 Insufficient memory."}]}
    pod["spec"].pop("nodeName", None)


def terminating(pod):
    pod["metadata"]["deletionTimestamp"] = "2026-11-22T13:45:30Z"


def alone(pod_edit, name):
    """Only this pod."""
    return pods(name, pod_edit)
