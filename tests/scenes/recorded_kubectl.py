#!/usr/bin/python3
"""A kubectl that answers from one recorded look of the real thing.

The recordings hold other commands than ours: this answers our commands with their facts. What they lack is
written by hand, here, and nowhere else: the context, and whether the databases accept connections.
Environment: RECORDING (file), BEGAN (Unix time at which it began), DATABASE (open or refused).
"""
import json
import os
import re
import subprocess
import sys
import tempfile

BY_HAND_CONTEXT = {"current-context": "recorded", "contexts": [], "clusters": [{"cluster": {"server": "https://recorded.example"}}]}
BY_HAND_DATABASE = "10.96.193.238:5433"
NC_OPEN = f"Connection to {BY_HAND_DATABASE.replace(':', ' ')} port [tcp/*] succeeded!"
NC_REFUSED = f"nc: connect to {BY_HAND_DATABASE.replace(':', ' port ')} (tcp) failed: Connection refused"
TIMEOUT_KILLED = {"124": "137"}  # theirs was ended by SIGTERM, ours is by SIGKILL


def say(part, status, text=""):
    print(f"\n<cfee:{part} {status}>\n{text}\n</cfee>")


class Recording:
    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            self.commands = [json.loads(line) for line in lines]

    def find(self, *words):
        """The first command whose line contains all the words."""
        for command in self.commands:
            line = " ".join(command["argv"])
            if all(word in line for word in words):
                return command
        return None


def answer_of(command):
    """A recorded `... 2>&1; echo __rc=$?`: its text and exit status."""
    match = re.fullmatch(r"(.*?)\s*__rc=(\d+)\s*", command["out"], re.S)
    return match.group(1), match.group(2)


def get(recording, arguments):
    if "namespace" in arguments:
        return print(json.dumps({"kind": "Namespace"}))
    kinds = next(word for word in arguments if "pods" in word or "services" in word or word in ("endpoints", "statefulsets"))
    if kinds == "pods":
        pods = json.loads(recording.find("get pods")["out"])
        if "-l" in arguments:
            names = re.search(r"\((.*)\)", arguments[arguments.index("-l") + 1]).group(1).split(",")
            pods["items"] = [pod for pod in pods["items"] if pod["metadata"].get("labels", {}).get("skiff-role-name") in names]
        return print(json.dumps(pods))
    print(recording.find("get services,endpoints,statefulsets")["out"])


def cloud_controller(recording, pod):
    address = re.search(r"https://(\S+)", recording.find(f" {pod} ", "grep -A1")["out"]).group(1)
    say("address", "configuration", address)
    text, status = answer_of(recording.find(f" {pod} ", f"nc -zv -w 5 {address.split(':')[0]} "))
    say("probe", f"{status} nc", text)


def logs(recording, pod, script):
    """The recorded logs, through the very script that would read them in the pod."""
    with tempfile.TemporaryDirectory() as folder:
        for job in ("bbs", "locket"):
            os.makedirs(f"{folder}/sys/log/{job}")
            recorded = recording.find(f" {pod} ", f"tail -n 200 /var/vcap/sys/log/{job}/")
            with open(f"{folder}/sys/log/{job}/{job}.stdout.log", "w", encoding="utf-8") as file:
                file.write(recorded["out"])
        out = subprocess.run(["sh", "-c", script.replace("/var/vcap", folder), "sh", "2"], capture_output=True, text=True, check=True).stdout
    for job in ("bbs", "locket"):
        say(f"log-{job}", "0", re.search(rf"<cfee:log-{job} 0>\n(.*?)\n?</cfee>", out, re.S).group(1).rstrip("\n"))


def diego(recording, pod, script):
    ping = recording.find(f" {pod} ", "readiness/diego-api")
    say("clock", str(int(float(os.environ["BEGAN"]) + ping["at"])))
    say("ping", str(ping["code"]), ping["err"].replace(f"command terminated with exit code {ping['code']}\n", "").strip())
    for job, port in (("bbs", 8889), ("locket", 8891)):
        text, status = answer_of(recording.find(f" {pod} ", f"nc -zv -w 5 127.0.0.1 {port}"))
        say(f"port-{job}", f"{status} nc", text)
    text, status = answer_of(recording.find(f" {pod} ", "cfdot locks"))
    say("locks", TIMEOUT_KILLED.get(status, status), text)
    is_open = os.environ["DATABASE"] == "open"
    for job in ("bbs", "locket"):
        say(f"database-{job}", "0 nc" if is_open else "1 nc", BY_HAND_DATABASE + "\n" + (NC_OPEN if is_open else NC_REFUSED))
    logs(recording, pod, script)
    say("done", "0")


def main(arguments):
    recording = Recording(os.environ["RECORDING"])
    if arguments[0] == "get":
        get(recording, arguments[1:])
    elif arguments[0] == "config":
        print(json.dumps(BY_HAND_CONTEXT))
    elif arguments[0] == "exec":
        pod, script = arguments[3], arguments[arguments.index("-c", arguments.index("--")) + 1]
        if pod.startswith("diego-"):
            diego(recording, pod, script)
        else:
            cloud_controller(recording, pod)
    else:
        sys.exit(f"recorded_kubectl: no such command: {arguments}")


main(sys.argv[1:])
