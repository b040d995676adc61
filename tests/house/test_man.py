"""The manual pages say what the program does: same flags, commands, checks, diagnoses and exit statuses."""

import json
import re
import shutil

import pytest

import house

MAN = house.ROOT / "man"
PREFIX = "kubectl-cfee_stager"
SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO"]
PAGES = sorted(page.name for page in MAN.glob("*.1"))
TRANSCRIPT = f"{PREFIX}-transcript.5"


def page_of(command):
    return f"{PREFIX}-{command}.1" if command else f"{PREFIX}.1"


def source(page):
    return (MAN / page).read_text(encoding="utf-8")


def complaints(path):
    result = house.run("mandoc", "-T", "lint", "-W", "warning", path)
    return result.stdout + result.stderr


def rendered(page):
    """The page as a terminal shows it, without overprinting."""
    result = house.run("mandoc", "-T", "ascii", "-O", "width=160", MAN / page)
    assert result.returncode == 0, result.stderr
    return re.sub(r".\x08", "", result.stdout)


def section(text, title):
    """The lines of a section; the title of a subsection is indented by three."""
    match = re.search(rf"^(?: {{3}})?{re.escape(title)}\n(.*?)(?=^(?: {{3}})?\S|\Z)", text, re.DOTALL | re.MULTILINE)
    assert match, f"there is no section {title}"
    return match.group(1)


def section_with_subsections(text, title):
    match = re.search(rf"^{re.escape(title)}\n(.*?)(?=^\S|\Z)", text, re.DOTALL | re.MULTILINE)
    assert match, f"there is no section {title}"
    return match.group(1)


def tags(text):
    """The tags of a list: lines that are indented by five."""
    return [line.strip() for line in text.splitlines() if re.match(r" {5}\S", line)]


FLAG = re.compile(r"^ {2,5}(?:(-\w), |\s*)(--[a-z][a-z-]*)(?: (\S+))?$", re.MULTILINE)


def flags(text):
    """Long name -> (short name, argument), from the page or from the program's help."""
    return {long: (short, argument) for short, long, argument in FLAG.findall(text)}


def flags_of_page(page):
    return flags(section_with_subsections(rendered(page), "OPTIONS"))


def numbers(text):
    return {int(number) for number in re.findall(r"^ {5}(\d+)\s", text, re.MULTILINE)}


def help_text(binary, *topic):
    result = house.run(binary, "help", *topic)
    assert result.returncode == 0, result.stderr
    return result.stdout


def commands(binary):
    listing = re.search(r"^Commands:\n((?: .*\n)+)", help_text(binary), re.MULTILINE)
    assert listing, "help lists no commands"
    return [line.split()[0] for line in listing.group(1).splitlines()]


def schema():
    return json.loads(house.read("lib/report/schema.json"))["$defs"]


def steps_of_source():
    table = house.read("lib/runbook/checks.cpp")
    return dict(re.findall(r'Check\{Name::\w+,\s*"([a-z-]+)",\s*"[^"]*",\s*"([^"]*)"', table))


def remedies_of_source():
    table = house.read("lib/runbook/causes.cpp")
    found = re.findall(r'Cause\{\s*"([a-z-]+)",\s*"[^"]*",\s*Remedy::(\w+)', table)
    return {name: remedy.replace("_", "-") for name, remedy in found}


def checks_of_page():
    found = {}
    for tag in tags(section(rendered(page_of("diagnose")), "CHECKS")):
        if match := re.fullmatch(r"([a-z]+-[a-z-]+)(?: \(steps? ([^)]*)\))?", tag):
            found[match.group(1)] = match.group(2) or ""
    return found


def diagnoses_of_page():
    text = section(rendered(page_of("diagnose")), "DIAGNOSES")
    return dict(re.findall(r"^ {5}([a-z-]+) \(([a-z-]+)\)$", text, re.MULTILINE))


@pytest.mark.parametrize("page", [*PAGES, TRANSCRIPT])
def test_page_is_clean(page):
    assert shutil.which("mandoc"), "mandoc is missing (Debian: mandoc)"
    assert complaints(MAN / page) == ""


@pytest.mark.parametrize("page", [*PAGES, TRANSCRIPT])
def test_sections_are_in_order(page):
    titles = [title.replace(r"\&", "") for title in re.findall(r"^\.Sh (.*)$", source(page), re.MULTILINE)]
    assert set(titles) <= set(SECTIONS)
    assert titles == sorted(titles, key=SECTIONS.index)
    needed = {"NAME", "DESCRIPTION", "SEE ALSO"}
    assert needed | (set() if page == TRANSCRIPT else {"SYNOPSIS", "EXIT STATUS"}) <= set(titles)


@pytest.mark.parametrize("page", [*PAGES, TRANSCRIPT])
def test_cross_references_lead_somewhere(page):
    ours = re.findall(rf"^\.Xr ({PREFIX}\S*) (\d)", source(page), re.MULTILINE)
    assert ours and {f"{name}.{number}" for name, number in ours} <= {*PAGES, TRANSCRIPT}


def test_keys_of_a_transcript():
    """Those that a recording holds, and those that stand for bytes that are no text."""
    lines = [json.loads(line) for line in house.read("tests/scenes/recorded/locket-hung.jsonl").splitlines()]
    used = set().union(*lines) - {"note"} | {"sleep"}  # the note is ours; one look holds no sleep
    told = set(re.findall(r"\bVa (\w+)", source(TRANSCRIPT)))
    in_bytes = {f"{key}_base64" for key in ("argv", "stdin", "stdout", "stderr")}
    assert told - in_bytes == used and in_bytes <= told
    words = set(re.findall(r'Outcome::End::\w+, "(\w+)"', house.read("lib/world/transcript.cpp")))
    assert words and words <= set(re.findall(r"Ql (\w+)", source(TRANSCRIPT)))


def test_every_command_has_a_page_and_every_page_a_command(binary):
    assert sorted([page_of(""), *map(page_of, commands(binary))]) == PAGES


def test_overview_names_every_command(binary):
    overview = rendered(page_of(""))
    listed = [tag.split()[0] for tag in tags(section(overview, "COMMANDS"))]
    assert listed == commands(binary)
    for command in listed:
        assert f"{PREFIX}-{command}(1)" in section(overview, "SEE ALSO")


def test_flags_of_diagnose(binary):
    assert flags_of_page(page_of("diagnose")) == flags(help_text(binary, "diagnose"))


def test_flags_of_every_command(binary):
    assert flags_of_page(page_of("")) == flags(help_text(binary))


def test_flags_are_read_at_all(binary):
    found = flags(help_text(binary, "diagnose"))
    assert len(found) > 20
    assert found["--namespace"] == ("-n", "NAMESPACE")
    assert found["--insecure-skip-tls-verify"] == ("", "")


def test_examples_are_those_of_help(binary):
    """A pipe to another program may follow in the page."""
    examples = help_text(binary, "diagnose").split("\nUsage:\n")[0]
    shown = re.findall(r"^  (kubectl cfee-stager .*)$", examples, re.MULTILINE)
    page = re.findall(r"^ +\$ (kubectl cfee-stager [^|\n]*)", rendered(page_of("diagnose")), re.MULTILINE)
    assert {line.strip() for line in page} == set(shown)


def test_checks_and_their_steps():
    in_schema = schema()["check"]["properties"]["id"]["enum"]
    assert list(checks_of_page()) == in_schema
    assert checks_of_page() == steps_of_source()


def test_diagnoses_and_their_remedies():
    in_schema = schema()["diagnosis"]["properties"]["id"]["enum"]
    assert sorted(diagnoses_of_page()) == sorted(in_schema)
    assert diagnoses_of_page() == remedies_of_source()


def test_remedies_and_verdicts_are_explained():
    text = source(page_of("diagnose"))
    for word in schema()["diagnosis"]["properties"]["remedy"]["enum"] + schema()["verdict"]["enum"]:
        assert re.search(rf"^\.Cm {re.escape(word)}\b", text, re.MULTILINE), f"{word} is not explained"


def test_keys_of_the_document():
    definitions = schema()
    keys = {"version"}  # of tool
    for name in ("diagnosisDocument", "check", "diagnosis", "subject"):
        keys |= set(definitions[name]["properties"])
    keys |= set(definitions["diagnosisDocument"]["properties"]["cluster"]["properties"])
    text = source(page_of("diagnose"))
    assert set(re.findall(r"\bVa ([A-Za-z]+)", text)) == keys


def statuses_of_schema(command):
    """Those of a command's document; of the program as a whole, those of all documents."""
    documents = {"diagnose": ["diagnosisDocument"], "heal": ["healingDocument"], "evidence": ["evidenceDocument"]}
    names = documents[command] if command else sum(documents.values(), [])
    return set().union(*(schema()[name]["properties"]["exitStatus"]["enum"] for name in names))


@pytest.mark.parametrize("command", ["", "diagnose", "heal", "evidence"])
def test_exit_statuses_of_page(command):
    assert numbers(section(rendered(page_of(command)), "EXIT STATUS")) == statuses_of_schema(command)


@pytest.mark.parametrize("command", ["", "diagnose", "heal", "evidence"])
def test_exit_statuses_of_help(command, binary):
    in_help = help_text(binary, *filter(None, [command])).split("Exit status:\n")[1].split("\n\n")[0]
    assert {int(number) for number in re.findall(r"\b\d+\b", in_help)} == statuses_of_schema(command)


def test_variables_that_the_program_reads():
    told = set(re.findall(r"Ev ([A-Z_]+)", source(page_of(""))))
    read = set()
    for name in house.non_test_cpp():
        if name.startswith("plugin/") or name == "lib/world/program.cpp":
            read |= set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', house.read(name)))
    read -= {"NAMESPACE", "DURATION", "FILE", "FORMAT", "WHEN", "PATH", "NAME", "URL", "TOKEN", "USER", "GROUP", "UID", "N", "DIGEST", "DIR"} - {"PATH"}
    assert read <= told, f"not in the page: {sorted(read - told)}"
    assert told - read <= {"KUBECONFIG"}, f"not in the program: {sorted(told - read)}"


def test_rules_can_fail(tmp_path):
    page = tmp_path / "page.1"
    page.write_text(".Dd January 1, 2026\n.Dt PAGE 1\n.Os\n.Sh NAME\n.Nm page\n.Nd page\n.Sh DESCRIPTION\n.Nosuch x\n")
    assert complaints(page)
    assert flags("  -n, --namespace NAME\n      --color WHEN\n      --no-color\n") == {
        "--namespace": ("-n", "NAME"),
        "--color": ("", "WHEN"),
        "--no-color": ("", ""),
    }
    assert numbers("     0    Fine.\n     130  Stopped.\n          7 pods\n") == {0, 130}
    assert section("A\n     one\n   SUB\n     two\nB\n     three\n", "SUB") == "     two\n"
