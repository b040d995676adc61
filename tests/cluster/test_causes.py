"""Causes that look alike: what a restart cures, and what it must not be tried on. Each fault with the diagnosis that is due.

Dumps of the stand-ins prove that the plumbing works; that the rule is right is proved on the recorded ones, by the unit tests.
"""
import pytest

import cluster
from healing import BBS, is_left_alone, is_refused, versions
from stacks import that_ask, that_hang
from trial import UNREST, command, fault, is_healthy, is_problem, never_a_restart, settled, wait_until_old


# --- the stand-ins are what they stand for -------------------------------------------------------------------------------

def nobody_waits():
    return not any(that_ask(pod) + sum(that_hang(pod), []) for pod in BBS)


def hangs_alone(pod, before):
    hang, outside = that_hang(pod)
    return set(before) <= set(hang) and not outside


@pytest.mark.seconds(30)
def test_the_stand_ins_stacks_say_where_they_wait():
    cluster.until('nobody to wait for the lock', 30, nobody_waits)
    with fault('locket-hung'):
        cluster.until('each BBS to wait for its Locket', 30, lambda: all(that_ask(pod) and that_hang(pod)[0] for pod in BBS))
        before = {pod: that_hang(pod)[0] for pod in BBS}
        for pod in BBS:
            assert len(that_ask(pod)) == 1
            # A question that is answered may be under way for a moment.
            cluster.until(f'{pod} to show the same, and nothing else', 10, lambda name=pod: hangs_alone(name, before[name]))
    cluster.until('nobody to wait for the lock', 30, nobody_waits)


# --- no restart cures it -------------------------------------------------------------------------------------------------

@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
@pytest.mark.parametrize('name, word', [
    (['read-only'], 'sql-unknown'),
    pytest.param(['read-only', 'both'], 'sql-unknown', marks=pytest.mark.more),
    (['password-changed'], 'password authentication failed'),
], ids=['read-only', 'read-only both', 'password-changed'])
def test_a_database_that_does_not_let_locket_work_refuses(name, word, heal, diagnose):
    before = versions()
    with fault(*name):
        diagnosis = settled(diagnose, 'database-refuses', UNREST + 30)
        is_problem(diagnosis, 'fix-first')
        assert word in str(diagnosis.document['diagnosis']['because']), str(diagnosis)
        is_refused(heal('--yes', '--force'), before)


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_a_bbs_that_dies_at_every_start_is_no_failover(heal, diagnose):
    before = versions()
    with fault('bbs-crashing'):
        diagnosis = settled(diagnose, 'bbs-crashing', UNREST + 30)
        is_problem(diagnosis, 'fix-first')
        assert 'Existing DB version (1999999999) exceeds bbs version' in str(diagnosis.document['diagnosis']['because']), str(diagnosis)
        is_refused(heal('--yes', '--force'), before)


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_a_certificate_that_locket_does_not_accept_is_no_hang(heal, diagnose):
    """The BBS's has expired, and Locket hangs up on it: nobody has the lock, which any pod's Locket says."""
    before = versions()
    with fault('certificate', 'both'):
        is_problem(settled(diagnose, 'certificate', UNREST + 30), 'fix-first')
        is_refused(heal('--yes', '--force'), before)


@pytest.mark.seconds(150)
@pytest.mark.usefixtures('old_pods')
def test_a_hang_that_heals_itself_is_left_alone(heal, diagnose):
    """As in editions whose connections are kept alive: for 40 s all looks as in the runbook's case."""
    before = versions()
    with fault('hang-heals-itself'):
        is_left_alone(heal('--yes', '--grace', '60s'), before)
        is_healthy(diagnose())


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_two_bbs_that_serve_are_not_healthy(heal, diagnose):
    """Each has the lock of another database: they contradict each other, and no restart tells who is right."""
    before = versions()
    with fault('two-owners'):
        never_a_restart(diagnose, UNREST + 10)
        is_refused(heal('--yes', '--force', '--timeout', '30s'), before)


# --- the runbook's case all the same ---------------------------------------------------------------------------------------

@pytest.mark.more
@pytest.mark.seconds(180)
@pytest.mark.parametrize('seconds', ['3600', '-3600'])
def test_a_clock_that_is_off_hides_nothing(seconds, diagnose):
    """In new pods: what the test before has left in a log, an hour ago or ahead, is another test's matter."""
    command('stage', 'recreate')
    wait_until_old()
    command('fault', 'clock-off', seconds)
    is_healthy(settled(diagnose, 'healthy', 30))
    with fault('locket-hung-busy'):
        is_problem(settled(diagnose, 'bbs-lock-stuck', UNREST + 40), 'restart')
