"""The worker: a process that runs the product as a function, one request a line (tests/worker/main.cpp)."""
import json
import os
import select
import subprocess
import tempfile
import time


class Worker:
    """Started when it is first asked, and anew where it came to grief."""

    def __init__(self, program):
        self.program = program
        self.process = None

    def start(self):
        assert self.program.exists(), f"{self.program} is not built"
        self.complaints = tempfile.TemporaryFile()
        self.process = subprocess.Popen([self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints, env={"PATH": "/usr/bin:/bin"})

    def ask(self, request, timeout):
        if self.process is None:
            self.start()
        try:
            self.process.stdin.write(json.dumps(request).encode("utf-8") + b"\n")
            self.process.stdin.flush()
            return json.loads(self.read(timeout))
        except BaseException as error:
            self.process.kill()
            raise AssertionError(f"no answer from the worker ({error!r}): {self.end()[1]}") from error

    def read(self, timeout):
        deadline = time.monotonic() + timeout
        line = b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], max(deadline - time.monotonic(), 0))
            if not ready:
                raise TimeoutError(f"nothing came within {timeout} s")
            data = os.read(self.process.stdout.fileno(), 1 << 20)
            if not data:
                raise EOFError("it ended")
            line += data
        return line

    def end(self):
        """Its exit status and what it complained about. Leaks are found only now, in a sanitized build."""
        if self.process is None:
            return 0, ""
        process, self.process = self.process, None
        process.stdout.close()
        try:
            process.stdin.close()
        except BrokenPipeError:
            pass
        status = process.wait(timeout=60)
        with self.complaints:
            self.complaints.seek(0)
            return status, self.complaints.read().decode("utf-8", "replace")
