"""Runs the product and checks what holds for every run of it.

Most runs are answered by the worker (tests/worker), which calls the product as a function. A process of its own is for
what only a process has: streams, signals, terminals, limits, children; see `run`.
"""
import json
import os
import pathlib
import subprocess

import jsonschema

import worker

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("CFEE_BUILD", CHECKOUT / "build"))
PROGRAM = BUILD / "bin" / "kubectl-cfee_stager"
SCHEMA = json.loads((CHECKOUT / "lib" / "report" / "schema.json").read_text(encoding="utf-8"))
# Built once: jsonschema.validate() would look at the schema itself anew for each document.
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
BASE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
EXCEPTION_WORDS = ("what():", "terminate called", "std::", "nlohmann", "[json.exception", "boost", "cxxopts", "went wrong inside")
WORKER = worker.Worker(BUILD / "tests" / "worker" / "cfee-worker")
COUNTS = {"processes": 0, "answers": 0}


class Result:
    """A finished run: exit status, both streams, and the document if there is one."""

    def __init__(self, status, out, err):
        self.status = status
        self.out = out
        self.err = err
        self.document = None

    @property
    def diagnosis(self):
        return self.document["diagnosis"]["id"]

    @property
    def remedy(self):
        return self.document["diagnosis"]["remedy"]

    def check(self, identifier):
        return next(check for check in self.document["checks"] if check["id"] == identifier)


def start(*arguments, program=PROGRAM, **how):
    """A process of the product (or of what starts it), begun. All are begun here, so that it is known how many there are."""
    assert PROGRAM.exists(), f"{PROGRAM} is not built"
    COUNTS["processes"] += 1
    return subprocess.Popen([str(program), *map(str, arguments)], **how)


def finished_process(arguments, env, timeout):
    with start(*arguments, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return Result(process.returncode, out.decode("utf-8"), err.decode("utf-8"))


def answered(arguments, env, timeout, **more):
    COUNTS["answers"] += 1
    given = {name: value for name, value in more.items() if value is not None}
    answer = WORKER.ask({"arguments": [PROGRAM.name, *map(str, arguments)], "environment": env, **given}, timeout)
    assert not answer["asked"], f"the worker has no cluster, and was asked: {answer['asked']}; this run needs as_process=True"
    return Result(answer["status"], answer["stdout"], answer["stderr"])


def run(*arguments, env=None, json_output=None, timeout=60, as_process=False, out=None, err=None, answers=None, cluster=None):
    """Runs the product: as a process if wanted, or if there is a fake kubectl for it to start; else in the worker. That
    one can also be given terminals as `out` and `err` ({"columns": N}, or {}), what a person answers to questions,
    and a transcript as `cluster`, which is asked as a real one would be.
    With -o json the one document on stdout is parsed and validated against the schema."""
    environment = {**BASE, **(env or {})}
    if as_process or "FAKE_KUBECTL" in environment:
        result = finished_process(arguments, environment, timeout)
    else:
        result = answered(arguments, environment, timeout, out=out, err=err, answers=answers, cluster=cluster and str(cluster))
    for word in EXCEPTION_WORDS:
        assert word not in result.out + result.err, f"an exception's text reached the user: {result.err}"
    if json_output is None:
        json_output = "json" in arguments or "-ojson" in arguments
    if json_output:
        result.document = json.loads(result.out)
        VALIDATOR.validate(result.document)
        assert result.document["exitStatus"] == result.status
    return result
