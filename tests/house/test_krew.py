"""What krew demands of a manifest and an archive, as far as it can be checked without krew."""

import hashlib
import os
import re
import shutil
import struct
import subprocess
import tarfile

import pytest
import yaml

import house

PACK = house.ROOT / "krew" / "pack"
TEMPLATE = house.ROOT / "krew" / "cfee-stager.yaml"
BASE = "https://example.invalid/releases"
VERSION = re.search(r"^project\(.*\bVERSION (\d+\.\d+\.\d+)", house.read("CMakeLists.txt"), re.MULTILINE).group(1)

# The pairs of os and arch that krew's own check knows.
PAIRS = [
    *(("windows", arch) for arch in ("386", "amd64", "arm64")),
    *(("linux", arch) for arch in ("386", "amd64", "arm", "arm64", "ppc64le")),
    *(("darwin", arch) for arch in ("386", "amd64", "arm64")),
]
SEMVER = re.compile(r"v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
LICENCE = re.compile(r"(license(\.txt|\.md)?|licenses.*|copying(\.txt)?)", re.IGNORECASE)


def selected(selector):
    """The pairs that a selector matches."""

    def holds(expression, labels):
        value, values = labels.get(expression["key"]), expression.get("values") or []
        return {
            "In": value in values,
            "NotIn": value not in values,
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }[expression["operator"]]

    pairs = []
    for os_name, arch in PAIRS:
        labels = {"os": os_name, "arch": arch}
        fits = all(labels.get(key) == value for key, value in (selector.get("matchLabels") or {}).items())
        if fits and all(holds(expression, labels) for expression in selector.get("matchExpressions") or []):
            pairs.append((os_name, arch))
    return pairs


def manifest_problems(manifest, file_name):
    """Every rule that a manifest breaks, in words."""
    problems = []

    def demand(is_so, problem):
        if not is_so:
            problems.append(problem)

    spec, metadata = manifest.get("spec") or {}, manifest.get("metadata") or {}
    demand(manifest.get("apiVersion") == "krew.googlecontainertools.github.com/v1alpha2", "apiVersion")
    demand(manifest.get("kind") == "Plugin", "kind")
    demand(set(manifest) == {"apiVersion", "kind", "metadata", "spec"}, "unknown field")
    name = metadata.get("name", "")
    demand(re.fullmatch(r"[\w-]+", name), "name: letters, digits, dash and underscore")
    demand(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), "name: lower case with dashes")
    demand(file_name == f"{name}.yaml", "the file is not called as the plugin")
    demand(name.upper() not in {"CON", "PRN", "AUX", "NUL"} and not re.fullmatch(r"(?i)(com|lpt)\d", name), "name: reserved by Windows")
    demand(set(spec) <= {"version", "homepage", "shortDescription", "description", "caveats", "platforms"}, "unknown field in spec")
    demand(SEMVER.fullmatch(str(spec.get("version"))), "version: vX.Y.Z")
    short = spec.get("shortDescription", "")
    demand(short and "\n" not in short, "shortDescription: one line")
    demand(len(short) <= 50, "shortDescription: more than 50 characters")
    demand(not re.search(r"\b(kubectl|plugin|krew)\b", short, re.IGNORECASE), "shortDescription: words that say nothing")
    demand(not short.endswith("."), "shortDescription: ends in a full stop")
    description = spec.get("description", "")
    demand(description.strip(), "description: missing")
    demand(all(len(line) <= 80 for line in description.splitlines()), "description: not wrapped at 80")
    demand(not re.search(r"kubectl cfee|\$ |--\w", description), "description: usage examples")
    demand(re.match(r"https?://", str(spec.get("homepage"))), "homepage: no address")
    platforms = spec.get("platforms") or []
    demand(platforms, "platforms: none")
    taken = []
    for platform in platforms:
        demand(set(platform) == {"selector", "uri", "sha256", "bin"}, "platform: uri, sha256, bin, selector and nothing else")
        demand(re.match(r"https?://", str(platform.get("uri"))), "uri: no address")
        demand(re.fullmatch(r"[a-f0-9]{64}", str(platform.get("sha256"))), "sha256: 64 hexadecimal digits in lower case")
        selector = platform.get("selector") or {}
        keys = set(selector.get("matchLabels") or {}) | {expression["key"] for expression in selector.get("matchExpressions") or []}
        demand(keys and keys <= {"os", "arch"}, "selector: os and arch")
        pairs = selected(selector)
        demand(pairs, "selector: matches nothing")
        demand(not set(pairs) & set(taken), "selectors overlap")
        taken += pairs
        path = str(platform.get("bin"))
        demand(not path.startswith("/") and ".." not in path, "bin: a relative path")
        demand(all(os_name != "windows" for os_name, _ in pairs) or path.endswith(".exe"), "bin: .exe on Windows")
    return problems


def member_problems(members, program):
    problems = []
    for member in members:
        if not (member.isreg() or member.isdir()):
            problems.append(f"{member.name}: neither file nor directory")
        if member.name.startswith("/") or ".." in member.name:
            problems.append(f"{member.name}: leads out of the folder")
        if (member.uid, member.gid, member.uname, member.gname) != (0, 0, "", ""):
            problems.append(f"{member.name}: names an owner")
        if member.mode & 0o022:
            problems.append(f"{member.name}: others may write to it")
    files = {member.name: member for member in members if member.isreg()}
    if program not in files or not files[program].mode & 0o111:
        problems.append(f"{program}: missing or not executable")
    if not any(LICENCE.fullmatch(name.split("/")[-1]) for name in files):
        problems.append("no licence")
    names = [member.name for member in members]
    if len(set(names)) != len(names):
        problems.append("a name occurs twice")
    return problems


def program_headers(data):
    """The types in a 64-bit little-endian ELF file's program header table."""
    assert data[:6] == b"\x7fELF\x02\x01"
    offset = struct.unpack_from("<Q", data, 32)[0]
    size, count = struct.unpack_from("<HH", data, 54)
    return [struct.unpack_from("<I", data, offset + index * size)[0] for index in range(count)]


PT_DYNAMIC, PT_INTERP, PT_GNU_RELRO, ET_DYN, DT_NEEDED = 2, 3, 0x6474E552, 3, 1
LARGEST_PROGRAM = 3_200_000


def needs_libraries(data):
    """Does the dynamic section, if there is one, name a library?"""
    offset = struct.unpack_from("<Q", data, 32)[0]
    size, count = struct.unpack_from("<HH", data, 54)
    for index in range(count):
        kind, _, start, _, _, length = struct.unpack_from("<IIQQQQ", data, offset + index * size)
        if kind == PT_DYNAMIC:
            return any(tag == DT_NEEDED for tag, _ in struct.iter_unpack("<qQ", data[start : start + length]))
    return False


@pytest.fixture(scope="session")
def packing(tmp_path_factory):
    """Packed twice; the build folder is the script's own, in the cache, so that later runs are fast."""
    runs = []
    for number in (1, 2):
        folder = tmp_path_factory.mktemp(f"packed{number}")
        result = house.run(PACK, "--base", BASE + "/", "--out", folder, env={"CMAKE_BUILD_PARALLEL_LEVEL": "2", **os.environ})
        assert result.returncode == 0, result.stderr[-3000:]
        runs.append((folder, result.stderr))
    return runs


@pytest.fixture(scope="session")
def packed(packing):
    return [folder for folder, _ in packing]


@pytest.fixture(scope="session")
def manifest(packed):
    return yaml.safe_load((packed[0] / "cfee-stager.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def archive(packed, manifest):
    return packed[0] / manifest["spec"]["platforms"][0]["uri"].split("/")[-1]


def test_template_obeys_but_for_what_is_filled_in():
    text = TEMPLATE.read_text(encoding="utf-8")
    assert set(re.findall(r"@(\w+)@", text)) == {"VERSION", "BASE", "ARCHIVE", "SHA256"}
    assert sorted(manifest_problems(yaml.safe_load(text), TEMPLATE.name)) == [
        "homepage: no address",
        "sha256: 64 hexadecimal digits in lower case",
        "uri: no address",
        "version: vX.Y.Z",
    ]


def test_manifest_obeys(manifest):
    assert manifest_problems(manifest, "cfee-stager.yaml") == []


def test_manifest_is_of_this_version_and_place(manifest, archive):
    spec = manifest["spec"]
    assert spec["version"] == f"v{VERSION}"
    assert spec["homepage"] == BASE
    assert [platform["uri"] for platform in spec["platforms"]] == [f"{BASE}/v{VERSION}/{archive.name}"]
    assert spec["platforms"][0]["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()


def test_two_runs_give_the_same_bytes(packed):
    first, second = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in packed)
    assert len(first) == 2 and first == second


def test_archive_obeys(archive, manifest):
    with tarfile.open(archive, "r:gz") as tar:
        members = tar.getmembers()
    assert member_problems(members, manifest["spec"]["platforms"][0]["bin"]) == []
    pages = {f"man/man{page.suffix[1:]}/{page.name}" for page in (house.ROOT / "man").iterdir()}
    files = {member.name for member in members if member.isreg()}
    assert files == {"kubectl-cfee-stager", "LICENSE", *pages}
    assert len({member.mtime for member in members}) == 1


def test_licence_is_apache_2():
    text = house.read("krew/LICENSE")
    assert "Apache License" in text and "Version 2.0, January 2004" in text and "END OF TERMS AND CONDITIONS" in text


@pytest.fixture(scope="session")
def unpacked(archive, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    with tarfile.open(archive, "r:gz") as tar:
        tar.extractall(folder)
    return folder


def test_program_is_fully_static(unpacked):
    data = (unpacked / "kubectl-cfee-stager").read_bytes()
    # It has a dynamic section all the same, being loaded at any address, but that needs no library.
    assert PT_INTERP not in program_headers(data) and not needs_libraries(data)


def test_program_is_small(unpacked, packing):
    size = (unpacked / "kubectl-cfee-stager").stat().st_size
    assert size <= LARGEST_PROGRAM
    assert f"kubectl-cfee-stager has {size} bytes" in packing[0][1]


def test_program_is_hardened(unpacked):
    """Loaded at any address, and what the loader wrote cannot be written again."""
    data = (unpacked / "kubectl-cfee-stager").read_bytes()
    assert struct.unpack_from("<H", data, 16)[0] == ET_DYN
    assert PT_GNU_RELRO in program_headers(data)


def test_program_names_no_folder_of_this_machine(unpacked):
    assert bytes(house.ROOT) not in (unpacked / "kubectl-cfee-stager").read_bytes()


def test_installed_as_krew_does_kubectl_runs_it(unpacked, tmp_path):
    link = tmp_path / "bin" / "kubectl-cfee_stager"
    link.parent.mkdir()
    link.symlink_to(unpacked / "kubectl-cfee-stager")
    kubectl = shutil.which("kubectl")
    environment = {"PATH": f"{link.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    command = [kubectl, "cfee-stager"] if kubectl else [link]
    result = house.run(*command, "version", env=environment)
    assert (result.returncode, result.stdout.splitlines()[0], result.stderr) == (0, f"kubectl cfee-stager {VERSION}", "")
    # The exit status arrives unchanged.
    assert house.run(*command, "nonsense", env=environment).returncode == 2


def test_installed_program_needs_nothing_around_it(unpacked):
    """No environment at all, no standard input."""
    result = house.run(unpacked / "kubectl-cfee-stager", "help", env={}, cwd="/", stdin=subprocess.DEVNULL)
    assert result.returncode == 0 and "kubectl cfee-stager diagnose" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [[], ["--out", "x"], ["--base", BASE], ["--base"], ["--base", "", "--out", "x"], ["--base", "ftp://x", "--out", "x"], ["--base", BASE, "--out", "x", "more"]],
)
def test_wrong_usage_of_pack(arguments, tmp_path):
    result = house.run(PACK, *arguments, cwd=tmp_path)
    assert result.returncode == 2 and result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def sound_manifest():
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in {"VERSION": "v1.2.3", "BASE": BASE, "ARCHIVE": "a.tar.gz", "SHA256": "0" * 64}.items():
        text = text.replace(f"@{name}@", value)
    return yaml.safe_load(text)


def broken(*path_and_value):
    *path, value = path_and_value
    manifest = sound_manifest()
    place = manifest
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return manifest


PLATFORM = ("spec", "platforms", 0)


@pytest.mark.parametrize(
    "change",
    [
        ("kind", "Plug"),
        ("metadata", "name", "cfee_Stager"),
        ("metadata", "name", "other"),
        ("spec", "version", "1.2.3"),
        ("spec", "version", "v1.2"),
        ("spec", "shortDescription", ""),
        ("spec", "shortDescription", "x" * 51),
        ("spec", "description", "x" * 81),
        ("spec", "description", "Type: kubectl cfee-stager diagnose"),
        ("spec", "homepage", None),
        ("spec", "platforms", []),
        ("spec", "platforms", sound_manifest()["spec"]["platforms"] * 2),
        (*PLATFORM, "sha256", "A" * 64),
        (*PLATFORM, "sha256", "0" * 63),
        (*PLATFORM, "bin", "../x"),
        (*PLATFORM, "files", []),
        (*PLATFORM, "selector", {}),
        (*PLATFORM, "selector", {"matchLabels": {"os": "linux", "arch": "mips"}}),
        (*PLATFORM, "selector", {"matchLabels": {"os": "linux", "libc": "musl"}}),
        (*PLATFORM, "selector", {"matchLabels": {"os": "windows"}}),
    ],
    ids=lambda change: ".".join(map(str, change))[:60],
)
def test_rules_for_a_manifest_can_fail(change):
    assert manifest_problems(sound_manifest(), "cfee-stager.yaml") == []
    assert manifest_problems(broken(*change), "cfee-stager.yaml")


def member(name, **attributes):
    info = tarfile.TarInfo(name)
    info.mode = 0o755
    for key, value in attributes.items():
        setattr(info, key, value)
    return info


@pytest.mark.parametrize(
    "extra",
    [
        member("link", type=tarfile.SYMTYPE),
        member("link", type=tarfile.LNKTYPE),
        member("/etc/x"),
        member("a/../x"),
        member("x", uid=1000),
        member("x", uname="root"),
        member("x", mode=0o666),
        member("p"),
    ],
    ids=lambda extra: f"{extra.name}-{extra.type.decode()}-{extra.mode:o}",
)
def test_rules_for_an_archive_can_fail(extra):
    sound = [member("p"), member("LICENSE", mode=0o644)]
    assert member_problems(sound, "p") == []
    assert member_problems([*sound, extra], "p")
    assert member_problems(sound[:1], "p") and member_problems(sound[1:], "p")


def test_a_dynamic_program_is_recognised(tmp_path):
    """Python's own, or whatever in PATH is dynamic."""
    dynamic = shutil.which("env")
    with open(dynamic, "rb") as file:
        data = file.read()
    assert PT_INTERP in program_headers(data) and needs_libraries(data)
