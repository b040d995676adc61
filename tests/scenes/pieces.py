"""The functions of in_pod/ that scripts are put together from, run here as the product holds them."""
import re

import product
import test_in_pod_scripts as in_pod

FETCHERS = {"curl": "curl", "bash": None}
PACKAGES = {"curl": "curl", "mawk": "mawk", "gawk": "gawk", "busybox": "busybox"}


def sent(name):
    """A script, or a piece, as the build has made it: shortened."""
    text = (product.BUILD / "lib/cluster/scripts.cpp").read_text(encoding="utf-8")
    return re.search(rf'{name}[^(]*R"sh\((.*?)\)sh"', text, re.S).group(1)


def held(name):
    """A piece alone, also where a script holds it: without what stands before it and without the calls behind it."""
    return re.split(r"\n(?:stacks bbs 17017 |for i in \$jobs)", sent(name).removeprefix(common()))[0] + "\n"


def common():
    """What is sent before every script."""
    whole, own = sent("cloud_controller_script"), (product.CHECKOUT / "lib/cluster/in_pod/cloud_controller.sh").read_text(encoding="utf-8")
    first = next(line for line in own.splitlines() if not line.startswith("#"))
    return whole[:whole.index("\n" + first + "\n") + 1]


def need(program):
    in_pod.PACKAGES.setdefault(program, PACKAGES.get(program, "coreutils"))
    return in_pod.need(program)


def path_of(folder, awk="mawk", curl=True, bash=True, without=(), busybox=False):
    """A folder with tools; `awk` is the program behind that name."""
    path = in_pod.path_of(folder, bash=bash, without=without, busybox=busybox, awk=awk)
    if curl:
        in_pod.pathlib.Path(path, "curl").symlink_to(need("curl"))
    return path


def run(piece, calls, root, shell_name="dash", path="", limit="2"):
    """The parts that these calls of the piece's functions print, all that is printed, the seconds, the marker."""
    script = common() + held(piece) + calls
    return in_pod.run(script.replace("/proc/", f"{root}/proc/"), root, [f"limit={limit}"], shell_name, path, timeout=30)
