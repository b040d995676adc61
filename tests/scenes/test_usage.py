"""The real binary at the command line: usage errors, help, colour, progress, -v, and being interrupted."""
import json
import os
import pty
import select
import signal
import subprocess
import termios
import time

import pytest

import faking
import product

HEALTHY = faking.HEALTHY
REPLAY = ("diagnose", "--replay", HEALTHY)
ESCAPE = "\x1b"

# arguments: what the line says
WRONG = [
    ([], "no command; try diagnose, or help"),
    ([""], 'unknown command ""'),
    (["--"], "no command"),
    (["diagnoze"], 'unknown command "diagnoze"; did you mean diagnose?'),
    (["verson"], 'unknown command "verson"; did you mean version?'),
    (["diag"], 'unknown command "diag"; did you mean diagnose?'),
    (["restart"], 'unknown command "restart"'),
    (["help", "diagnos"], "did you mean diagnose?"),
    (["help", "diagnose", "more"], 'unexpected argument "more"'),
    (["diagnose", "cf"], 'unexpected argument "cf"'),
    (["version", "now"], 'unexpected argument "now"'),
    (["diagnose", "--namspace", "cf"], "unknown flag --namspace; did you mean --namespace?"),
    (["diagnose", "--namspace=cf"], "unknown flag --namspace; did you mean --namespace?"),
    (["diagnose", "--outptu", "json"], "unknown flag --outptu; did you mean --output?"),
    (["diagnose", "--xyzzy"], "unknown flag --xyzzy"),
    (["diagnose", "-x"], "unknown flag -x"),
    (["diagnose", "-x=5"], "unknown flag -x"),
    (["diagnose", "-n=CF"], '"CF" cannot be the name of a namespace'),
    (["diagnose", "-n"], "--namespace needs a value (NAMESPACE)"),
    (["diagnose", "--context"], "--context needs a value (NAME)"),
    (["diagnose", "-n", ""], "cannot be the name of a namespace"),
    (["diagnose", "-n", "CF"], '"CF" cannot be the name of a namespace'),
    (["diagnose", "-n", "a" * 64], "cannot be the name of a namespace"),
    (["diagnose", "-n", "--all"], "cannot be the name of a namespace"),
    (["diagnose", "-n", "../x"], "cannot be the name of a namespace"),
    (["diagnose", "-o", "yaml"], 'unknown output format "yaml": text or json'),
    (["diagnose", "--color", "blue"], 'unknown value "blue" for --color'),
    (["diagnose", "--address", "bbs:0"], "--address is no HOST or HOST:PORT"),
    (["diagnose", "--address", "-x"], "--address is no HOST or HOST:PORT"),
    (["diagnose", "--address", "a b"], "--address is no HOST or HOST:PORT"),
    (["diagnose", "--address", ""], "--address is no HOST or HOST:PORT"),
    (["diagnose", "--address", "$(reboot):8889"], "--address is no HOST or HOST:PORT"),
    (["diagnose", "--probe-timeout", "5"], "--probe-timeout is no duration"),
    (["diagnose", "--probe-timeout", ""], "--probe-timeout is no duration"),
    (["diagnose", "--probe-timeout", "-5s"], "--probe-timeout is no duration"),
    (["diagnose", "--probe-timeout", "1s"], "--probe-timeout must be whole seconds from 2s to 5m, not 1s"),
    (["diagnose", "--probe-timeout", "2500ms"], "--probe-timeout must be whole seconds"),
    (["diagnose", "--probe-timeout", "99999999999999999999s"], "--probe-timeout is no duration"),
    (["diagnose", "--probe-timeout", "10m"], "--probe-timeout must be"),
    (["diagnose", "--kubectl", ""], "--kubectl needs a value (PATH)"),
    (["diagnose", "--record", ""], "--record needs a value (FILE)"),
    (["diagnose", "--replay", ""], "--replay needs a value (FILE)"),
    (["diagnose", "--record", "a", "--replay", "b"], "--record and --replay cannot be had together"),
    (["diagnose", "--look", "1"], "--look goes with --replay"),
    (["diagnose", "--replay", "a", "--look", "0"], "--look must be a number from 1 on"),
    (["diagnose", "--replay", "a", "--look", "-1"], "--look must be a number from 1 on"),
    (["diagnose", "--replay", "a", "--look", "one"], "--look must be a number from 1 on"),
    (["diagnose", "--replay", "a", "--look", "99999999999999999999"], "--look must be a number from 1 on"),
]


def named(arguments):
    return " ".join(arguments)[:60] or "nothing"


@pytest.mark.parametrize("arguments, why", WRONG, ids=[named(arguments) for arguments, _ in WRONG])
def test_wrong_usage(arguments, why):
    result = product.run(*arguments, json_output=False)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("kubectl cfee-stager: ")
    assert why in result.err
    assert result.err.endswith(" help)\n")
    assert result.err.count("\n") == 1


# What is wrong with the output format itself cannot be said in that format.
IN_JSON = [(arguments, why) for arguments, why in WRONG if arguments[:1] == ["diagnose"] and "-o" not in arguments
           and "needs a value (NAME" not in why]


@pytest.mark.parametrize("arguments, why", IN_JSON, ids=[named(arguments) for arguments, _ in IN_JSON])
def test_wrong_usage_as_a_document(arguments, why):
    result = product.run(*arguments, "-o", "json")
    assert (result.status, result.document["diagnosis"]["id"]) == (2, "inconclusive")
    assert why in json.dumps(result.document, ensure_ascii=False).replace('\\"', '"')
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("spelling", [["-o", "json"], ["-ojson"], ["-o=json"], ["-vo=json"], ["--output", "json"], ["--output=json"], ["-o", "text", "-o", "json"]])
def test_spellings_of_json(spelling):
    result = product.run(*REPLAY, *spelling, json_output=True)
    assert result.document["diagnosis"]["id"] == "healthy"


@pytest.mark.parametrize("arguments", [["--verbose=perhaps"], ["--insecure-skip-tls-verify=perhaps"], ["--verbose="]])
def test_a_value_for_a_switch_names_the_switch(arguments):
    result = product.run("diagnose", *arguments)
    assert (result.status, result.out) == (2, "")
    assert arguments[0].split("=")[0] + " is a switch" in result.err


@pytest.mark.parametrize("arguments", [["-n", "x\x1b[2Jy"], ["a\nb"], ["--x\x1b[2J"], ["--probe-timeout", "1\n2"]])
def test_control_characters_of_a_wrong_argument_stay_out_of_the_terminal(arguments):
    result = product.run("diagnose", *arguments)
    assert result.status == 2
    assert result.err.count("\n") == 1
    assert ESCAPE not in result.err


# ---- Help and version


@pytest.mark.parametrize("arguments", [["help"], ["-h"], ["--help"], ["-h", "-n", "cf"]])
def test_overview(arguments):
    result = product.run(*arguments)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("Examples:\n")
    for word in ("diagnose", "version", "help", "Exit status:", "130, 143"):
        assert word in result.out


@pytest.mark.parametrize("command", ["diagnose", "version", "help"])
@pytest.mark.parametrize("form", [["help", "{}"], ["{}", "-h"], ["{}", "--help"], ["-h", "{}"]])
def test_help_of_a_command(command, form):
    result = product.run(*[word.format(command) for word in form])
    assert (result.status, result.err) == (0, "")
    # help itself has an overview, which is what one asks for by -h too
    if command != "help":
        assert f"Usage:\n  kubectl cfee-stager {command}" in result.out
    assert result.out.startswith("Examples:\n  # ")
    assert all(len(line) <= 80 for line in result.out.splitlines())


def test_help_asks_no_kubectl(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    assert product.run("diagnose", "-h", env=kubectl.env).status == 0
    assert kubectl.calls() == []


@pytest.mark.parametrize("arguments", [["version"], ["-V"], ["--version"], ["diagnose", "--version"]])
def test_version(arguments):
    result = product.run(*arguments, as_process=True)
    assert (result.status, result.err) == (0, "")
    ours, kubectls = result.out.splitlines()
    words = ours.split(" ")
    assert words[:2] == ["kubectl", "cfee-stager"]
    assert words[2].replace(".", "").isdigit()
    assert kubectls.startswith("kubectl ")


# ---- Colour and characters

COLOUR = [
    ([], {}, False),
    (["--color=always"], {}, True),
    (["--color", "always"], {"NO_COLOR": "1"}, True),
    (["--color=never"], {"CLICOLOR_FORCE": "1"}, False),
    (["--no-color"], {"FORCE_COLOR": "1"}, False),
    (["--color=auto"], {}, False),
    ([], {"CLICOLOR_FORCE": "1"}, True),
    ([], {"FORCE_COLOR": "1"}, True),
    ([], {"FORCE_COLOR": "0"}, False),
    ([], {"FORCE_COLOR": ""}, False),
    ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ([], {"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
    ([], {"TERM": "xterm-256color"}, False),
]


@pytest.mark.parametrize("arguments, env, is_coloured", COLOUR)
def test_colour_without_a_terminal(arguments, env, is_coloured):
    result = product.run(*REPLAY, *arguments, env=env)
    assert (ESCAPE in result.out) == is_coloured
    assert "diagnosis healthy" in result.out


def test_documents_are_never_coloured():
    assert ESCAPE not in product.run(*REPLAY, "-o", "json", "--color=always").out


LOCALES = [
    ({"LC_ALL": "C"}, False), ({"LC_ALL": "POSIX"}, False), ({"LC_ALL": "", "LANG": ""}, False), ({"LC_ALL": "", "LANG": "C.UTF-8"}, True),
    ({"LC_ALL": "C", "LANG": "C.UTF-8"}, False), ({"LC_ALL": "", "LC_CTYPE": "de_DE.utf8", "LANG": "C"}, True), ({"LC_ALL": "de_DE.ISO-8859-1"}, False),
]


@pytest.mark.parametrize("env, is_utf8", LOCALES)
def test_characters_of_the_locale(env, is_utf8):
    text = product.run(*REPLAY, env=env).out
    assert text.isascii() != is_utf8
    assert "+ ok" in text or is_utf8


class Terminal:
    """A run with a terminal as standard error, and as standard output if wanted."""

    def __init__(self, *arguments, env=None, out=subprocess.PIPE, columns=None):
        self.ours, theirs = pty.openpty()
        if columns is not None:
            termios.tcsetwinsize(theirs, (24, columns))
        self.process = product.start(*arguments, env={**product.BASE, "TERM": "xterm", **(env or {})},
                                     stdin=subprocess.DEVNULL, stdout=theirs if out is None else out, stderr=theirs)
        os.close(theirs)
        self.shown = ""

    def read(self, until=None, timeout=20):
        """What appears, to the end or to some words."""
        deadline = time.monotonic() + timeout
        while until is None or until not in self.shown:
            ready, _, _ = select.select([self.ours], [], [], max(deadline - time.monotonic(), 0))
            assert ready, f"nothing more came after {self.shown!r}"
            try:
                data = os.read(self.ours, 65536)
            except OSError:  # Linux' way to say that the other end was closed
                break
            if not data:
                break
            self.shown += data.decode("utf-8")
        return self.shown


def on_screen(text):
    """What is left when carriage returns and erasures have done their work."""
    lines = [""]
    for piece in text.replace("\r\n", "\n").replace("\r\x1b[K", "\x00"):
        if piece == "\x00":
            lines[-1] = ""
        elif piece == "\n":
            lines.append("")
        else:
            lines[-1] += piece
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["text", "json"])
def test_progress_is_shown_on_a_terminal_and_erased(form, tmp_path):
    terminal = Terminal("diagnose", "-o", form, env=faking.FakeKubectl(tmp_path / "fake").env)
    out = terminal.process.communicate(timeout=20)[0].decode("utf-8")
    shown = terminal.read()
    assert "asking the cluster for pods and services ..." in shown
    assert "asking 4 pods from inside ..." in shown
    assert on_screen(shown) == ""
    assert ESCAPE not in out
    assert "asking" not in out
    assert terminal.process.returncode == 0


def test_progress_is_no_wider_than_the_terminal(tmp_path):
    terminal = Terminal("diagnose", env=faking.FakeKubectl(tmp_path / "fake").env, columns=30)
    terminal.process.communicate(timeout=20)
    lines = terminal.read().replace("\x1b[K", "").replace("\r", "\n").split("\n")
    assert "asking the cluster for po ..." in lines
    assert max(map(len, lines)) < 30


def test_progress_is_erased_before_an_error(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer("get", behaviour="hang")
    terminal = Terminal("diagnose", env=kubectl.env)
    terminal.read(until="asking the cluster for pods and services ...")
    kubectl.until(lambda: len(kubectl.calls()) == 3)
    terminal.process.send_signal(signal.SIGINT)
    terminal.process.communicate(timeout=20)
    assert on_screen(terminal.read()) == "kubectl cfee-stager: interrupted; nothing was changed\n"


def test_no_progress_without_a_terminal(tmp_path):
    assert product.run("diagnose", env=faking.FakeKubectl(tmp_path / "fake").env).err == ""


def test_a_terminal_has_colour():
    terminal = Terminal(*REPLAY, out=None)
    assert "\x1b[32m" in terminal.read()
    terminal.process.wait(timeout=20)


def test_a_dumb_terminal_has_no_colour():
    terminal = Terminal(*REPLAY, out=None, env={"TERM": "dumb"})
    assert "\x1b[3" not in terminal.read()
    terminal.process.wait(timeout=20)


def test_a_dumb_terminal_gets_no_escape_sequence():
    terminal = Terminal(*REPLAY, out=None, env={"TERM": "dumb"})
    shown = terminal.read()
    terminal.process.wait(timeout=20)
    assert ESCAPE not in shown


# ---- -v


def test_verbose_lines_can_be_typed_again_and_hide_the_token(tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake")
    result = product.run("diagnose", "-v", "--token", "s3cr3t-c4n4ry", "--context", "it's mine", "-o", "json", env=kubectl.env)
    assert result.diagnosis == "healthy"
    assert "s3cr3t-c4n4ry" not in result.err + result.out
    assert "--token=s3cr3t-c4n4ry" in kubectl.calls()[0]
    for argv in kubectl.calls():
        assert argv[:2] == ["--context=it's mine", "--token=s3cr3t-c4n4ry"]
    assert "'--context=it'\\''s mine'" in result.err
    # As a shell reads them, they are the commands that ran, but for the token.
    typed = subprocess.run(["sh", "-c", result.err.replace(str(faking.PROGRAM), "printf '%s\\0'  CALL")], capture_output=True, text=True, check=True).stdout
    typed_calls = sorted(call.split("\0")[1:-1] for call in typed.split("CALL")[1:])
    hidden = typed_calls[0][1]
    assert hidden.startswith("--token=")
    assert typed_calls == sorted([argv[0], hidden, *argv[2:]] for argv in kubectl.calls())


def test_without_verbose_no_command_is_shown(tmp_path):
    result = product.run("diagnose", env=faking.FakeKubectl(tmp_path / "fake").env)
    assert result.err == ""


# ---- Being interrupted


@pytest.mark.parametrize("signal_number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("verb, calls", [("get", 3), ("exec", 7)])
def test_interrupted(signal_number, status, form, verb, calls, tmp_path):
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer(verb, behaviour="hang")
    process = product.start("diagnose", "-o", form, env={**product.BASE, **kubectl.env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL))
    kubectl.until(lambda: len(kubectl.calls()) == calls)
    began = time.monotonic()
    process.send_signal(signal_number)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - began < 1
    assert process.returncode == status
    assert err == b"kubectl cfee-stager: interrupted; nothing was changed\n"
    if form == "json":
        document = json.loads(out)
        product.VALIDATOR.validate(document)
        assert (document["exitStatus"], document["verdict"], document["diagnosis"]["id"]) == (status, "unknown", "inconclusive")
    else:
        assert b"healthy" not in out
    assert kubectl.survivors() == []


def test_ctrl_c_in_the_terminal_reaches_the_whole_job(tmp_path):
    """The terminal signals the foreground group; children have groups of their own and are ended by us."""
    kubectl = faking.FakeKubectl(tmp_path / "fake").answer("get", behaviour="hang")
    process = product.start("diagnose", env={**product.BASE, **kubectl.env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    kubectl.until(lambda: len(kubectl.calls()) == 3)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert kubectl.survivors() == []
