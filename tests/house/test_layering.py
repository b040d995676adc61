"""Who may include, call and be how long. Each rule is a function from a tree (path -> text) to a list of
violations, is applied to this checkout, and is shown to find something in a small tree that breaks it."""

import collections
import fnmatch
import re

import pytest

import house

TOP_LEVEL = {"CMakeLists.txt", "plugin", "lib", "krew", "tests", "man", "README.md"}

# Where each library may be included. A name with a slash at its end is a prefix.
LIBRARIES = {
    "boost/": ["lib/world/system.cpp"],
    "nlohmann/": [
        "lib/cluster/*.cpp",
        "lib/report/*.cpp",
        "lib/world/transcript*.cpp",
        "lib/world/recording.cpp",
        "lib/world/replay.cpp",
        "lib/text/redact_json.cpp",
    ],
    "cxxopts.hpp": ["plugin/options.cpp"],
    "rang.hpp": ["lib/report/mark.cpp"],
    "sha2.h": ["lib/runbook/sha256.cpp"],
    "gtest/": ["tests/*"],
    "gmock/": ["tests/*"],
}
# Headers of the operating system (with .h): only at the door, and where main asks what its streams are.
SYSTEM_HEADERS = ["lib/world/*", "plugin/main.cpp", "tests/*"]

ROOMS = {
    "plugin": {"plugin", "lib/commands", "lib/report", "lib/runbook", "lib/cluster", "lib/facts", "lib/world", "lib/text"},
    "lib/commands": {"lib/commands", "lib/report", "lib/runbook", "lib/cluster", "lib/facts", "lib/world", "lib/text"},
    # Two wings on two ground floors, that meet only in commands. The linker keeps this too: tests/unit/wall.
    "lib/report": {"lib/report", "lib/runbook", "lib/facts", "lib/text"},
    "lib/runbook": {"lib/runbook", "lib/facts", "lib/text"},
    "lib/cluster": {"lib/cluster", "lib/facts", "lib/world", "lib/text"},
    "lib/world": {"lib/world", "lib/text"},
    "lib/facts": {"lib/facts"},
    "lib/text": {"lib/text"},
}

# The only places where an id is more than text.
TABLES_OF_IDS = ["lib/runbook/causes.cpp", "lib/runbook/checks.cpp"]

CPP_SLEEPS = r"\bsleep_(for|until)\s*\(|\b(nano|u)sleep\s*\("
# What only some files may do, in code (not in comments or text).
DEEDS = [
    # What is wrong with a command line is said by our own table, whichever version of cxxopts there is.
    (r"\bwhat\s*\(\s*\)|\bcxxopts::exceptions\b", ["lib/*"], "reads an exception of a library"),
    (r"std::(cout|cerr|clog)\b|\bisatty\s*\(|(?<!f)\bprintf\s*\(|\bputs\s*\(", ["plugin/main.cpp", "lib/world/prompt.cpp"], "writes to a stream that it was not given"),
    # The environment belongs to the world outside, as PATH does, and to main.
    (r"\b(secure_)?getenv\s*\(|\benviron\b", ["plugin/main.cpp", "lib/world/*"], "reads the environment"),
    (r"\bv?fork\s*\(|\bexec[vl]p?e?\s*\(|\bposix_spawnp?\s*\(|\bpopen\s*\(|(?:std::|(?<![.>:\w]))system\s*\(", ["lib/world/*"], "starts a process"),
    (CPP_SLEEPS + r"|(?<![.>\w])sleep\s*\(", ["lib/world/*"], "sleeps"),
    (r"\b\w*[cC]lock::now\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\)|\bgettimeofday\s*\(|\bclock_gettime\s*\(", ["lib/world/*"], "looks at the clock"),
    (r"std::(jthread|thread|async)\b|\bco_(await|return|yield)\b", [], "starts a thread or a coroutine"),
]

# Off the cluster, tests wait for events or move the Host's own clock. The fake kubectl hangs where it is told to.
SLEEPS = re.compile(CPP_SLEEPS + r"|::sleep\s*\(|\btime\.sleep\b|\bfrom time import\b")
MAY_SLEEP = ["tests/fake_kubectl/main.cpp"]

LONGEST_FILE = 250
REASON = re.compile(r"//.*\bLonger than\b")
REASON_WITHIN = 15
# A class whose functions lie in two files: it counts as one, and has one header.
PARTS_OF_A_CLASS = {"lib/cluster/missing_auctioneer.cpp": "lib/cluster/inside_round.cpp"}
# Lines of C++, raised only in a commit that says why. The design hoped for 4,000 in all, and later for 8,000. Measured with
# heal and its gate, redaction that reads JSON, recordings of strangers, the stacks and the proof by them, at 110 columns and
# with a table where a table is clearer, it is some 17,300.
LARGEST_ROOMS = {
    "plugin": 1550,
    "lib/commands": 1180,
    "lib/report": 575,
    "lib/runbook": 5290,
    "lib/cluster": 3420,
    "lib/world": 1760,
    "lib/facts": 1420,
    "lib/text": 2250,
}
# What it would do beyond opening the world, no test could call.
LONGEST_MAIN = 70


def matches(path, patterns):
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def room_of(path):
    return next((room for room in ROOMS if path.startswith(room + "/")), None)


def code_only(text):
    """Comments and texts blanked out, lines kept."""
    pattern = re.compile(
        r"""//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", re.DOTALL
    )
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def unknown_at_top(names):
    """Names that should not be there, and names that are missing."""
    return sorted({name.split("/")[0] for name in names if not name.startswith(".")} ^ TOP_LEVEL)


def misplaced_libraries(tree):
    found = []
    for path, text in tree.items():
        for number, line in enumerate(text.splitlines(), 1):
            match = re.match(r"\s*#\s*include\s*<([^>]+)>", line)
            if not match:
                continue
            header = match.group(1)
            allowed = next((where for name, where in LIBRARIES.items() if header == name or (name[-1] == "/" and header.startswith(name))), None)
            if allowed is not None:
                if not matches(path, allowed) or (path.endswith(".hpp") and not path.startswith("tests/")):
                    found.append(f"{path}:{number}: {header} may be included only in {', '.join(allowed)}, and in no header")
            elif re.fullmatch(r"((sys|net|netinet|arpa|linux)/)?\w+\.h", header):
                if not matches(path, SYSTEM_HEADERS):
                    found.append(f"{path}:{number}: {header} may be included only in {', '.join(SYSTEM_HEADERS)}")
            elif not re.fullmatch(r"[a-z_]+", header):
                found.append(f"{path}:{number}: {header} belongs to no library of ours")
    return found


def arrows_that_point_up(tree):
    found = []
    for path, text in tree.items():
        room = room_of(path)
        if room is None:
            continue
        for number, header in house.project_includes(text):
            target = room_of(header)
            if target is None:
                found.append(f"{path}:{number}: {header} names no room; write the path from the top")
            elif target not in ROOMS[room]:
                found.append(f"{path}:{number}: {room} may not include {header}")
            elif room == "plugin" and target == "lib/world" and path != "plugin/main.cpp":
                found.append(f"{path}:{number}: only plugin/main.cpp opens the world")
    return found


def deeds_in_the_wrong_place(tree):
    found = []
    for path, text in tree.items():
        for number, line in enumerate(code_only(text).splitlines(), 1):
            for pattern, allowed, what in DEEDS:
                if re.search(pattern, line) and not matches(path, allowed):
                    found.append(f"{path}:{number}: {what}; only {', '.join(allowed) or 'nobody'} may")
    return found


def ids_compared(tree):
    """A check or a diagnosis is known by its enum or by a column of its row; its id is for people and scripts."""
    ids = set()
    for table in TABLES_OF_IDS:
        ids |= set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+|healthy|certificate|failover|inconclusive)"', tree.get(table, "")))
    found = []
    for path, text in tree.items():
        for number, line in enumerate(text.splitlines(), 1):
            for one in ids if path not in TABLES_OF_IDS else ():
                quoted = re.escape(f'"{one}"')
                if re.search(rf"[!=]=\s*{quoted}|{quoted}\s*[!=]=|\(\w+,\s*{quoted}\s*[,)]", line):
                    found.append(f"{path}:{number}: compares with the id {one}; ask its enum, or a column of its row")
    return found


def files_too_long(tree):
    found = []
    for path, text in tree.items():
        lines = text.splitlines()
        for part, whole in PARTS_OF_A_CLASS.items():
            lines += tree.get(part, "").splitlines() if path == whole else []
        has_reason = any(REASON.search(line) for line in lines[:REASON_WITHIN])
        if len(lines) > LONGEST_FILE and not has_reason:
            found.append(f"{path}: {len(lines)} lines, and no comment at its top that begins with \"Longer than\" and gives the reason")
    return found


def main_too_long(tree):
    lines = len(tree.get("plugin/main.cpp", "").splitlines())
    return [] if lines <= LONGEST_MAIN else [f"plugin/main.cpp: {lines} lines; beyond {LONGEST_MAIN} they belong to plugin/run.cpp"]


def rooms_too_large(tree):
    lines = collections.Counter()
    for path, text in tree.items():
        lines[room_of(path)] += len(text.splitlines())
    return [f"{room}: {lines[room]} lines; its ceiling is {most}" for room, most in LARGEST_ROOMS.items() if lines[room] > most]


def without_a_header(tree):
    return [f"{path}: has no header of the same name" for path in tree
            if path.endswith(".cpp") and path not in PARTS_OF_A_CLASS and path != "plugin/main.cpp" and path[:-3] + "hpp" not in tree]


def sleepers_off_the_cluster(tree):
    return [f"{path}: sleeps" for path, text in tree.items()
            if path.startswith(("tests/unit/", "tests/scenes/")) and path not in MAY_SLEEP and SLEEPS.search(text)]


RULES = [
    misplaced_libraries,
    arrows_that_point_up,
    deeds_in_the_wrong_place,
    ids_compared,
    files_too_long,
    main_too_long,
    rooms_too_large,
    without_a_header,
]


def test_top_level():
    assert unknown_at_top(house.tracked_files()) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_checkout_obeys(rule):
    violations = rule({name: house.read(name) for name in house.non_test_cpp()})
    assert not violations, "\n" + "\n".join(violations)


def test_no_test_sleeps_off_the_cluster():
    names = [name for name in house.project_files() if house.is_cpp(name) or house.first_line(name).startswith("#!") or name.endswith(".py")]
    assert sleepers_off_the_cluster({name: house.read(name) for name in names}) == []


@pytest.mark.parametrize("path, text, is_found", [
    ("tests/scenes/test_heal.py", "    time.sleep(0.1)\n", True),
    ("tests/unit/world/replay_test.cpp", "std::this_thread::sleep_for(1s);\n", True),
    ("tests/unit/world/replay_test.cpp", "replay.sleep(1s);\n", False),
    ("tests/cluster/test_heal.py", "time.sleep(1)\n", False),
])
def test_a_test_that_sleeps_is_found(path, text, is_found):
    assert bool(sleepers_off_the_cluster({path: text})) == is_found


def test_top_level_can_fail():
    names = [f"{name}/x" for name in TOP_LEVEL]
    assert unknown_at_top([*names, ".github/x"]) == []
    assert unknown_at_top([*names, "docs/x.md"]) == ["docs"]
    assert unknown_at_top([name for name in names if not name.startswith("krew")]) == ["krew"]


BROKEN = [
    (misplaced_libraries, {"lib/world/program.cpp": "#include <boost/asio.hpp>\n"}),
    (misplaced_libraries, {"lib/runbook/facts.cpp": "#include <nlohmann/json.hpp>\n"}),
    (misplaced_libraries, {"lib/cluster/parse.hpp": "#include <nlohmann/json.hpp>\n"}),
    (misplaced_libraries, {"lib/world/system.cpp": "#include <nlohmann/json.hpp>\n"}),
    (misplaced_libraries, {"plugin/main.cpp": "  # include <cxxopts.hpp>\n"}),
    (misplaced_libraries, {"lib/report/json.cpp": "#include <rang.hpp>\n"}),
    (misplaced_libraries, {"lib/runbook/facts.cpp": "#include <gtest/gtest.h>\n"}),
    (misplaced_libraries, {"lib/cluster/look.cpp": "#include <unistd.h>\n"}),
    (misplaced_libraries, {"lib/world/system.cpp": "#include <fmt/core.h>\n"}),
    (misplaced_libraries, {"lib/cluster/look.cpp": "#include <tl/expected.hpp>\n"}),
    (arrows_that_point_up, {"lib/runbook/facts.cpp": '#include "lib/report/text.hpp"\n'}),
    (arrows_that_point_up, {"lib/runbook/facts.cpp": '#include "lib/cluster/look.hpp"\n'}),
    (arrows_that_point_up, {"lib/report/text.cpp": '#include "lib/world/host.hpp"\n'}),
    (arrows_that_point_up, {"lib/facts/plan.cpp": '#include "lib/runbook/facts.hpp"\n'}),
    (arrows_that_point_up, {"lib/facts/plan.cpp": '#include "lib/cluster/look.hpp"\n'}),
    (arrows_that_point_up, {"lib/world/host.hpp": '#include "lib/cluster/pod.hpp"\n'}),
    (arrows_that_point_up, {"lib/cluster/look.cpp": '#include "lib/runbook/facts.hpp"\n'}),
    (arrows_that_point_up, {"lib/commands/diagnose.cpp": '#include "plugin/options.hpp"\n'}),
    (arrows_that_point_up, {"plugin/help.cpp": '#include "lib/world/system.hpp"\n'}),
    (arrows_that_point_up, {"plugin/help.cpp": '#include "help.hpp"\n'}),
    (deeds_in_the_wrong_place, {"plugin/options.cpp": "catch (const std::exception& error) { refuse(error.what()); }\n"}),
    (deeds_in_the_wrong_place, {"plugin/options.cpp": "catch (const cxxopts::exceptions::missing_argument&) {}\n"}),
    (deeds_in_the_wrong_place, {"lib/commands/diagnose.cpp": "void f() { std::cout << 1; }\n"}),
    (deeds_in_the_wrong_place, {"lib/commands/diagnose.cpp": "bool f() { return isatty(1); }\n"}),
    (deeds_in_the_wrong_place, {"lib/report/text.cpp": 'auto home = std::getenv("HOME");\n'}),
    (deeds_in_the_wrong_place, {"lib/cluster/look.cpp": "if (fork() == 0) execvp(a, b);\n"}),
    (deeds_in_the_wrong_place, {"lib/cluster/look.cpp": 'std::system("ls");\n'}),
    (deeds_in_the_wrong_place, {"lib/cluster/look.cpp": '  system("ls");\n'}),
    (deeds_in_the_wrong_place, {"lib/commands/diagnose.cpp": "std::this_thread::sleep_for(1s);\n"}),
    (deeds_in_the_wrong_place, {"lib/runbook/facts.cpp": "auto now = std::chrono::system_clock::now();\n"}),
    (deeds_in_the_wrong_place, {"lib/runbook/facts.cpp": "auto now = Clock::now();\n"}),
    (deeds_in_the_wrong_place, {"lib/world/system.cpp": "co_await run(command);\n"}),
    (ids_compared, {"lib/runbook/causes.cpp": 'Cause{"no-diego"}\n', "lib/runbook/signs.cpp": 'return diagnosis.id == "no-diego";\n'}),
    (ids_compared, {"lib/runbook/checks.cpp": 'Check{"cc-ready"}\n', "lib/report/text.cpp": 'if (is(findings, "cc-ready", Verdict::ok)) return;\n'}),
    (files_too_long, {"lib/report/text.cpp": "// Text.\n" + "int i;\n" * LONGEST_FILE}),
    (main_too_long, {"plugin/main.cpp": "int i;\n" * (LONGEST_MAIN + 1)}),
    (files_too_long, {whole: "int i;\n" * (LONGEST_FILE // 2 + 1) for whole in ("lib/cluster/inside_round.cpp", "lib/cluster/missing_auctioneer.cpp")}),
    (rooms_too_large, {f"lib/report/{number}.cpp": "int i;\n" * 100 for number in range(LARGEST_ROOMS["lib/report"] // 100 + 1)}),
    (without_a_header, {"lib/report/text.cpp": "int i;\n", "lib/report/json.hpp": "int i();\n"}),
]


@pytest.mark.parametrize("rule,tree", BROKEN, ids=lambda value: getattr(value, "__name__", None) or next(iter(value)))
def test_rule_can_fail(rule, tree):
    assert rule(tree)


SOUND = {
    "lib/world/system.cpp": "#include <boost/asio.hpp>\n#include <unistd.h>\nauto a = Clock::now();\n",
    "lib/world/transcript.cpp": "#include <nlohmann/json.hpp>\n",
    "lib/cluster/look.cpp": '#include "lib/world/host.hpp"\nhost_.sleep(limit); kubectl.exec(pod); edition_.system(x);\n',
    "lib/runbook/facts.cpp": '#include <vector>\n#include "lib/facts/snapshot.hpp"\n// std::cout, getenv("X")\nauto t = "std::cerr";\n',
    "plugin/main.cpp": '#include <unistd.h>\n#include "lib/world/system.hpp"\nstd::cout << std::getenv("X") << isatty(1);\n',
    "lib/report/text.cpp": "// Longer than others, because it is one table.\n" + "int i;\n" * LONGEST_FILE,
    **{f"lib/{name}.hpp": "" for name in ("world/system", "world/transcript", "cluster/look", "runbook/facts", "report/text")},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_lets_pass_what_is_sound(rule):
    assert rule(SOUND) == []
