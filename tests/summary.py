"""summary.py RESULTS [--cluster-counts]: adds up the stages' JUnit files and prints one plain line.

A stage that failed without naming a test (it did not build, it was killed) counts as one failure. With
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


def main(folder, *flags):
    total = [0, 0, 0]
    for status in sorted(pathlib.Path(folder).glob("*.status")):
        results = status.with_suffix(".xml")
        passed, failed, skipped = count(results) if results.exists() else (0, 0, 0)
        if status.read_text(encoding="utf-8").strip() != "0" and failed == 0:
            failed = 1
        if "--cluster-counts" in flags and status.stem == "cluster":
            failed, skipped = failed + skipped, 0
        print(f"{status.stem}: {passed} passed, {failed} failed, {skipped} skipped")
        total = [sum(pair) for pair in zip(total, (passed, failed, skipped))]
    print("{} passed, {} failed, {} skipped".format(*total))
    return 0 if total[0] > 0 and total[1] == 0 else 1


sys.exit(main(*sys.argv[1:]))
