"""What looks cost a Locket that hangs: a question that is not answered keeps one of its connections for good, of 200."""
import contextlib
import time

import pytest

import cluster
from healing import BBS
from trial import UNREST, command, fault, is_problem, settled

LOOKS = 100


def connections(pod):
    """To databases, as the pod sees them: the server gives up those that are silent. What grows are Locket's; the BBS keeps its one."""
    return int(cluster.in_pod(pod, "grep -c ':1538 01 ' /proc/net/tcp").stdout)


def looks(pod):
    """So far. Each tries Locket's port first, and Locket complains of that."""
    return int(cluster.in_pod(pod, 'grep -c \'from "127.0.0.1:.*: EOF\' /var/vcap/sys/log/locket/locket.stderr.log').stdout)


@contextlib.contextmanager
def stacks_out_of_sight():
    """Locket's configuration names a port for them where nobody listens."""
    def put(port, instead_of):
        for pod in BBS:
            cluster.in_pod(pod, f'sed -i "s/127.0.0.1:{instead_of}/127.0.0.1:{port}/" /var/vcap/jobs/locket/config/locket.json', check=True)
    put(17099, instead_of=17018)
    try:
        yield
    finally:
        put(17018, instead_of=17099)


@pytest.mark.more
@pytest.mark.seconds(900)
@pytest.mark.usefixtures('old_pods')
def test_what_a_hundred_looks_cost(start, diagnose, record_property):
    """One look at most one connection of each Locket; heal's hundred one a minute. New connections go silent, too: else Locket would
    answer as soon as its first ones are used up."""
    with fault('locket-hung-busy'):
        is_problem(settled(diagnose, 'bbs-lock-stuck', UNREST + 30), 'restart')
        command('fault', 'locket-hung-busy', 'again')
        before = {pod: connections(pod) for pod in BBS}
        for _ in range(10):
            diagnose()
            command('fault', 'locket-hung-busy', 'again')
        after_ten = {pod: connections(pod) - before[pod] for pod in BBS}
        assert all(0 < cost <= 10 for cost in after_ten.values()), str(after_ten)

        before, seen, began = {pod: connections(pod) for pod in BBS}, {pod: looks(pod) for pod in BBS}, time.monotonic()
        with stacks_out_of_sight():   # nothing proves the hang, and heal looks on
            run = start('--yes', '--grace', '1h', '--timeout', '2h')
            while min(looks(pod) - seen[pod] for pod in BBS) < LOOKS:
                assert run.process.poll() is None and time.monotonic() - began < 20 * LOOKS, run.stderr
                command('fault', 'locket-hung-busy', 'again')
                time.sleep(1)
            minutes = (time.monotonic() - began) / 60
            run.interrupt()
        cost = {pod: connections(pod) - before[pod] for pod in BBS}
        record_property('connections of ten looks, of a hundred of one heal, minutes', f'{after_ten}, {cost}, {minutes:.1f}')
        print(f'ten looks cost {after_ten} connections, a hundred of one heal in {minutes:.1f} minutes {cost}')
        assert run.document['actions'] == [] and all(c <= minutes + 1 for c in cost.values()), f'{cost} {run}'
