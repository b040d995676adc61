"""Tests run in an order of their own each time, so that none can rely on another; and it is counted what they start.

CFEE_SEED=N repeats an order. Arrangements of pytest-xdist: its workers must all find the same order, and each has its
own worker of ours.
"""
import os
import random

import pytest

import product

# They share what takes half a minute to make; and what takes long comes first.
IN_THEIR_OWN_ORDER = {"test_in_pod_scripts.py"}
# What is sent into pods is no C++, and mostly waits: see tests/run.
IN_POD = {f"test_{name}.py" for name in ("in_pod_scripts", "database_answer", "stacks", "supervision", "lockets_script", "peer")}
TOTAL = dict.fromkeys(product.COUNTS, 0)


def seed_of(config):
    if not hasattr(config, "cfee_seed"):
        given = getattr(config, "workerinput", {}).get("cfee_seed") or os.environ.get("CFEE_SEED")
        config.cfee_seed = int(given or random.randrange(1, 1 << 30))
    return config.cfee_seed


def pytest_configure(config):
    config.addinivalue_line("markers", "in_pod: of the scripts that run in pods")


def pytest_itemcollected(item):
    if item.path.name in IN_POD:
        item.add_marker("in_pod")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["cfee_seed"] = seed_of(node.config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    kept = [item for item in items if item.path.name in IN_THEIR_OWN_ORDER]
    others = [item for item in items if item.path.name not in IN_THEIR_OWN_ORDER]
    random.Random(seed_of(config)).shuffle(others)
    items[:] = kept + others


@pytest.fixture(scope="session", autouse=True)
def worker_ends_well():
    yield
    assert product.WORKER.end() == (0, "")


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["cfee_counts"] = product.COUNTS
    else:
        add(product.COUNTS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    add(getattr(node, "workeroutput", {}).get("cfee_counts", {}))


def add(counts):
    for what, count in counts.items():
        TOTAL[what] += count


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(f"scenes: {TOTAL['processes']} processes of the product, {TOTAL['answers']} runs answered by the worker, CFEE_SEED={seed_of(config)}")
