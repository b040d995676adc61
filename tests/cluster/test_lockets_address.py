"""Whom cfdot asks. On the default edition (CFEE 2.x) its `setup` names a service that leads to the active BBS pod alone, so that
just in the incident nobody is behind it: refused in some clusters, dropped in others. What the BBS itself asks is its own Locket.
And Locket in pods of its own, to which the BBS does not get, or which are not there: no restart of anything cures that.

The runbook's case and the faults that must not be healed are here where the cluster drops; where it refuses, as it does by default,
they are in test_cluster.py and test_heal.py.
"""
import pytest

import cluster
from healing import each_began_once, is_healed, is_refused, versions
from trial import UNREST, command, fault, is_problem, settled

CFDOT = '. /var/vcap/jobs/cfdot/bin/setup; timeout 60 cfdot locks '  # its own limit is 10 s; a busy machine adds to that


@pytest.fixture
def it_drops(a_stage):  # pylint: disable=unused-argument
    """Connections to a service that has no endpoint get no answer. The end of the next fault ends this too."""
    command('fault', 'drops')


# --- the stand-ins are what they stand for -------------------------------------------------------------------------------

def test_cfdot_asks_the_active_pod_by_default_and_whom_it_is_told():
    for pod in ('diego-api-0', 'diego-api-1'):
        assert '{"key":"bbs","owner":"diego-api-' in cluster.in_pod(pod, CFDOT).stdout
        assert '{"key":"bbs","owner":"diego-api-' in cluster.in_pod(pod, CFDOT + '--locketAPILocation 127.0.0.1:8891').stdout
    full = f'diego-api.{cluster.STAGE}.svc.cluster.local'
    refused = cluster.in_pod('diego-api-0', f'{CFDOT} --locketAPILocation={full}:8891')
    assert refused.returncode == 4 and f'x509: certificate is valid for diego-api.{cluster.STAGE}, not {full}' in refused.stderr, refused.stderr


@pytest.mark.seconds(60)
@pytest.mark.parametrize('to_nobody', [pytest.param('refuses', marks=pytest.mark.more), 'drops'])
def test_cfdot_without_an_active_pod(to_nobody, request):
    if to_nobody == 'drops':
        request.getfixturevalue('it_drops')
    with fault('locket-hung-busy'):
        asked = cluster.in_pod('diego-api-0', CFDOT)
        assert asked.returncode == 4 and 'Error: context deadline exceeded' in asked.stderr, asked.stderr
        assert (asked.stderr.count('connect: connection refused') > 1) == (to_nobody == 'refuses'), asked.stderr
        # Locket's own three connections are dead; each question costs one, and then it answers over a new one. The BBS beside it
        # may have used up one or two of them itself, at its own tries for the lock.
        ask = CFDOT.replace('timeout 60', 'timeout 5') + '--locketAPILocation 127.0.0.1:8891'
        answers = [cluster.in_pod('diego-api-0', ask) for _ in range(5)]
        statuses = [answer.returncode for answer in answers]
        assert statuses in ([124] * hung + [0] * (5 - hung) for hung in (1, 2, 3)), str(answers)
        # What it says is the row; on a busy machine that may have run out in the moment before the fault, at a time to live of 3 s.
        owner = cluster.lock_owner()
        assert (f'"key":"bbs","owner":"{owner}"' in answers[-1].stdout) if owner else '"key":"bbs"' not in answers[-1].stdout, f'{owner}: {answers}'


# --- the default edition -------------------------------------------------------------------------------------------------

@pytest.mark.seconds(250)
@pytest.mark.usefixtures('old_pods', 'it_drops')
@pytest.mark.parametrize('name', ['locket-hung', pytest.param('locket-hung-busy', marks=pytest.mark.more)])
def test_the_runbooks_case_is_healed(name, heal, diagnose):
    before = versions()
    with fault(name):
        is_problem(settled(diagnose, 'bbs-lock-stuck', UNREST + 30), 'restart')
        is_healed(heal('--yes'), diagnose)
        each_began_once(before)


@pytest.mark.seconds(60)
@pytest.mark.parametrize('name, diagnosis', [('foreign-owner', 'lock-held-elsewhere'), ('certificate', 'certificate')])
@pytest.mark.usefixtures('it_drops')
def test_what_no_restart_cures_is_not_restarted(name, diagnosis, heal, diagnose):
    before = versions()
    with fault(name):
        is_problem(settled(diagnose, diagnosis, 30), 'fix-first')
        is_refused(heal('--yes', '--force'), before)


# --- Locket in pods of its own -------------------------------------------------------------------------------------------

@pytest.mark.stage('--separate')
@pytest.mark.xdist_group('separate')
@pytest.mark.seconds(240)
@pytest.mark.usefixtures('old_pods')
@pytest.mark.parametrize('name, diagnosis', [('locket-unreachable', 'locket-unreachable'), ('locket-scaled-to-0', 'locket-down'),
                                             pytest.param('locket-missing', 'locket-down', marks=pytest.mark.more),
                                             pytest.param('locket-not-listening', 'locket-down', marks=pytest.mark.more)])
def test_the_bbs_does_not_get_to_its_lockets(name, diagnosis, heal, diagnose):
    with fault(name):
        before = versions()
        is_problem(settled(diagnose, diagnosis, UNREST + 30), 'fix-first')
        is_refused(heal('--yes', '--force'), before)
