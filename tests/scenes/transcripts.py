"""Reads and changes transcripts, so that a scene can be another scene with one fact taken away."""
import json
import re


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path, lines):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def is_exec(line):
    return "exec" in line.get("argv", [])


def pod_of(line):
    """The pod that an exec asked."""
    argv = line["argv"]
    return argv[argv.index("-n") + 2]


def parts_of(text):
    """The parts of a script's answer, whole, by name."""
    return {match.group(1): match.group(0) for match in re.finditer(r"\n<cfee:(\S+) .*?\n</cfee>\n", text, re.S)}


def forbidden(line, resource="pods/exec", verb="create"):
    """The same command, refused by the API server."""
    message = f'Error from server (Forbidden): {resource} is forbidden: User "u" cannot {verb} resource "{resource}" in API group "" in the namespace "cf"\n'
    return {**line, "end": "exited", "code": 1, "stdout": "", "stderr": message}
