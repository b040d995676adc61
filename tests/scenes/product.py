"""Runs the product and checks what holds for every run of it."""
import json
import os
import pathlib
import subprocess

import jsonschema

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("CFEE_BUILD", CHECKOUT / "build"))
PROGRAM = BUILD / "bin" / "kubectl-cfee_stager"
SCHEMA = json.loads((CHECKOUT / "lib" / "report" / "schema.json").read_text(encoding="utf-8"))
# Built once: jsonschema.validate() would look at the schema itself anew for each document.
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
EXCEPTION_WORDS = ("what():", "terminate called", "std::", "nlohmann", "[json.exception", "boost", "cxxopts")


class Result:
    """A finished run: exit status, both streams, and the document if there is one."""

    def __init__(self, finished):
        self.status = finished.returncode
        self.out = finished.stdout.decode("utf-8")
        self.err = finished.stderr.decode("utf-8")
        self.document = None

    @property
    def diagnosis(self):
        return self.document["diagnosis"]["id"]

    @property
    def remedy(self):
        return self.document["diagnosis"]["remedy"]

    def check(self, identifier):
        return next(check for check in self.document["checks"] if check["id"] == identifier)


def run(*arguments, env=None, json_output=None, timeout=60, cwd=None):
    """Runs the product. With -o json the one document on stdout is parsed and validated against the schema."""
    assert PROGRAM.exists(), f"{PROGRAM} is not built"
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **(env or {})}
    command = [str(PROGRAM), *map(str, arguments)]
    finished = subprocess.run(command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=timeout, cwd=cwd, check=False)
    result = Result(finished)
    for word in EXCEPTION_WORDS:
        assert word not in result.out + result.err, f"an exception's text reached the user: {result.err}"
    if json_output is None:
        json_output = "json" in arguments or "-ojson" in arguments
    if json_output:
        result.document = json.loads(result.out)
        VALIDATOR.validate(result.document)
        assert result.document["exitStatus"] == result.status
    return result
