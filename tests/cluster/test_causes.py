"""Causes that look alike: what a restart cures, and what it must not be tried on. Each fault with the diagnosis that is due.

Dumps of the stand-ins prove that the plumbing works; that the rule is right is proved on the recorded ones, by the unit tests.
"""
import re

import pytest

import cluster
from healing import BBS
from trial import fault

DEBUG = {'bbs': 17017, 'locket': 17018, 'auctioneer': 17001}
ASKS = ('locket/models.(*locketClient).Lock(', 'locket/lock.(*lockRunner).Run(')
HANGS = re.compile(r'/pq\.\(\*conn\)\.(startup|Begin)\(')


# --- the stand-ins are what they stand for -------------------------------------------------------------------------------

def goroutines(pod, job):
    address = f'127.0.0.1:{DEBUG[job]}'
    assert f'"debug_address":"{address}"' in cluster.in_pod(pod, f'cat /var/vcap/jobs/{job}/config/{job}.json').stdout
    return cluster.in_pod(pod, f"curl -sS 'http://{address}/debug/pprof/goroutine?debug=2'", check=True).stdout.split('\n\n')


def numbers(those):
    return sorted(int(goroutine.split()[1]) for goroutine in those)


def that_ask(pod, job='bbs'):
    return numbers(g for g in goroutines(pod, job) if all(frame in g for frame in ASKS))


def that_hang(pod):
    """Numbers of the lock requests that wait for the database as in a hang, and of those that do not."""
    requests = [g for g in goroutines(pod, 'locket') if 'handlers.(*locketHandler).Lock(' in g]
    return numbers(g for g in requests if HANGS.search(g)), numbers(g for g in requests if not HANGS.search(g))


def nobody_waits():
    return not any(that_ask(pod) + sum(that_hang(pod), []) for pod in BBS)


@pytest.mark.seconds(30)
def test_the_stand_ins_stacks_say_where_they_wait():
    cluster.until('nobody to wait for the lock', 30, nobody_waits)
    with fault('locket-hung'):
        cluster.until('each BBS to wait for its Locket', 30, lambda: all(that_ask(pod) and that_hang(pod)[0] for pod in BBS))
        before = {pod: that_hang(pod)[0] for pod in BBS}
        for pod in BBS:
            assert len(that_ask(pod)) == 1
            hang, outside = that_hang(pod)
            assert set(before[pod]) <= set(hang) and not outside, f'{pod}: {before} {hang} {outside}'
    cluster.until('nobody to wait for the lock', 30, nobody_waits)
