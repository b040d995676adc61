"""summary.py RESULTS [--cluster-counts]: adds up the stages' JUnit files and prints a plain line for each, the last for all.

A stage that failed without naming a test (it did not build, it was killed) counts as one failure, one that says by exit
status 77 that this machine cannot carry it as skipped. What failed and passed in a stage NAME-second-try is told, and
counts as passed. With
--cluster-counts (in CI) what is skipped on the cluster is a failure: there, it must not be left out.
"""
import pathlib
import sys
import xml.etree.ElementTree


def count(path):
    """Passed, failed, skipped tests of one JUnit file."""
    passed = failed = skipped = 0
    for case in xml.etree.ElementTree.parse(path).iter("testcase"):
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"} or case.get("status") == "fail":
            failed += 1
        elif "skipped" in outcomes or case.get("status") in ("notrun", "disabled"):
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def clock(seconds):
    return f"{seconds // 60}:{seconds % 60:02}"


def main(folder, *flags):
    total, whole = [0, 0, 0], 0
    # In the order in which they ended; what is no test (a build) has taken time and nothing else.
    for times in sorted(pathlib.Path(folder).glob("*.seconds"), key=lambda path: path.stat().st_mtime_ns):
        seconds = int(times.read_text(encoding="utf-8"))
        whole += seconds
        status, results = times.with_suffix(".status"), times.with_suffix(".xml")
        if not status.exists():
            print(f"{clock(seconds):>6}  {times.stem}")
            continue
        passed, failed, skipped = count(results) if results.exists() else (0, 0, 0)
        code = status.read_text(encoding="utf-8").strip()
        if code == "77":  # this machine cannot
            skipped += 1
        elif code != "0" and failed == 0:
            failed = 1
        if "--cluster-counts" in flags and times.stem.startswith("cluster"):
            failed, skipped = failed + skipped, 0
        again = times.with_name(f"{times.stem}-second-try.status")
        note = ""
        if again.exists() and again.read_text(encoding="utf-8").strip() == "0":
            # There it is counted as passed.
            note, failed = f" ({failed} more only at the second try, by itself)", 0
        print(f"{clock(seconds):>6}  {times.stem}: {passed} passed, {failed} failed, {skipped} skipped{note}")
        total = [sum(pair) for pair in zip(total, (passed, failed, skipped))]
    print(f"{clock(whole):>6}  in all")
    print("{} passed, {} failed, {} skipped".format(*total))
    return 0 if total[0] > 0 and total[1] == 0 else 1


sys.exit(main(*sys.argv[1:]))
