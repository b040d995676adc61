"""`kubectl cfee-stager diagnose` against a real Kubernetes in which real things are broken.

    CFEE_STAGER=/path/to/kubectl-cfee_stager /usr/bin/python3 -m pytest tests/cluster

Side by side with `-n 4 --dist loadgroup`, a stage for each worker; then `-m alone` without. A test that wants pods of a minute's
age says so. A BBS that answers 503, and the incident with real times, are diagnosed in test_heal.py, which then heals them.
"""
import pytest

import cluster
from trial import UNREST, YOUNG, age, command, fault, is_healthy, is_problem, settled


# --- pods of any age ---------------------------------------------------------------------------------------------------

def test_healthy(diagnose):
    diagnosis = diagnose()
    is_healthy(diagnosis)
    assert [c['verdict'] for c in diagnosis.document['checks']] == ['ok'] * len(diagnosis.document['checks']), str(diagnosis)


def test_the_secrets_are_there_to_be_leaked():
    """Else a test that finds none would prove nothing."""
    for pod, path in (('api-0', '/var/vcap/jobs/cloud_controller_ng/config/cloud_controller_ng.yml'), ('diego-api-0', '/var/vcap/jobs/bbs/config/bbs.json'),
                      ('diego-api-0', '/var/vcap/jobs/locket/config/locket.json'), ('diego-api-0', '/var/vcap/sys/log/bbs/bbs.stdout.log'),
                      ('diego-api-0', '/var/vcap/sys/log/locket/locket.stdout.log'), ('api-0', '/var/vcap/sys/log/cloud_controller_ng/cloud_controller_ng.log')):
        assert 'canary-' in cluster.in_pod(pod, 'cat ' + path).stdout, path
    assert 'canary-' in cluster.in_pod('diego-api-0', 'env').stdout


@pytest.mark.parametrize('user', ['operator', 'no-delete'])
def test_these_rights_suffice(diagnose, user):
    is_healthy(diagnose(user=user))


def other_kubectls():
    lines = command('kubectls', '1.27', '1.30', '1.35', check=False).stdout.splitlines()
    return [line.split()[1] for line in lines if len(line.split()) == 2 and line.split()[1].startswith('/')]


def test_healthy_with_other_kubectls(diagnose):
    kubectls = other_kubectls()
    if len(kubectls) < 2:
        pytest.skip('no other versions of kubectl to be had')
    for kubectl in kubectls:
        is_healthy(diagnose(kubectl=kubectl))


def test_database_down(diagnose):
    with fault('database-down'):
        is_problem(settled(diagnose, 'database-down', 15), 'fix-first')


def test_lock_held_elsewhere(diagnose):
    with fault('foreign-owner'):
        diagnosis = settled(diagnose, 'lock-held-elsewhere', 15)
        is_problem(diagnosis, 'fix-first')
        assert 'other-cf-diego-api-0' in diagnosis.check('lock-owner')['evidence'], str(diagnosis)


def test_certificate(diagnose):
    with fault('certificate'):
        is_problem(settled(diagnose, 'certificate', 15), 'fix-first')


@pytest.mark.alone
def test_a_frozen_kubelet_does_not_freeze_us(diagnose):
    command('svc', 'pause', 'kubelet')
    try:
        diagnosis = diagnose()
    finally:
        command('svc', 'resume', 'kubelet')
    assert (diagnosis.id, diagnosis.code) == ('inconclusive', 3), str(diagnosis)
    assert diagnosis.seconds < 60, str(diagnosis)
    cluster.until('the kubelet to answer', 30, lambda: cluster.in_pod('api-0', 'true').returncode == 0)


# --- pods of at least a minute -----------------------------------------------------------------------------------------

@pytest.mark.parametrize('user', ['nobody', 'get-only', pytest.param('viewer-no-exec', marks=pytest.mark.more), pytest.param('exec-only', marks=pytest.mark.more)])
@pytest.mark.usefixtures('old_pods')
def test_too_few_rights_are_no_finding(diagnose, user):
    diagnosis = diagnose(user=user)
    assert (diagnosis.id, diagnosis.code) == ('inconclusive', 3), str(diagnosis)


@pytest.mark.usefixtures('old_pods')
def test_failover_then_healthy(diagnose):
    with fault('failover-slow'):
        assert len(cluster.active()) == 2
        is_problem(settled(diagnose, 'failover', 5), 'wait')
    is_healthy(settled(diagnose, 'healthy', 20))


@pytest.mark.usefixtures('old_pods')
def test_partial_reachability(diagnose):
    with fault('api-cut-off', 'api-0'):
        diagnosis = settled(diagnose, 'partial-reachability', UNREST + 10)
        is_problem(diagnosis, 'fix-first')
        assert {s['name']: s['verdict'] for s in diagnosis.check('bbs-reachable')['subjects']} == {'api-0': 'fail', 'api-1': 'ok'}, str(diagnosis)


@pytest.mark.usefixtures('old_pods')
def test_bbs_unreachable(diagnose):
    with fault('api-cut-off'):
        is_problem(settled(diagnose, 'bbs-unreachable', UNREST + 10), 'fix-first')


@pytest.mark.usefixtures('old_pods')
@pytest.mark.parametrize('name', ['label-stale', 'label-frozen'])
def test_label_stale(diagnose, name):
    with fault(name):
        is_problem(settled(diagnose, 'label-stale', UNREST + 15), 'fix-first')


@pytest.mark.usefixtures('old_pods')
def test_migration(diagnose):
    with fault('migration'):
        assert age() > YOUNG
        is_problem(settled(diagnose, 'bbs-starting', 10), 'wait')


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_locket_hung_busy_with_every_kubectl(diagnose):
    """The runbook's case where even `cfdot locks` hangs."""
    with fault('locket-hung-busy'):
        is_problem(settled(diagnose, 'bbs-lock-stuck', UNREST + 20), 'restart')
        for kubectl in other_kubectls():
            diagnosis = diagnose(kubectl=kubectl)
            assert diagnosis.id == 'bbs-lock-stuck', f'{kubectl}: {diagnosis}'
            is_problem(diagnosis, 'restart')
        # Still the same a moment later: what was cut stays cut, nobody heals.
        assert cluster.active() == [] and cluster.endpoints() == []


# --- another stage -----------------------------------------------------------------------------------------------------

@pytest.mark.stage('--separate')
@pytest.mark.xdist_group('separate')
@pytest.mark.seconds(240)
def test_locket_in_pods_of_its_own(diagnose):
    is_healthy(diagnose())
    with fault('database-down'):
        is_problem(settled(diagnose, 'database-down', 15), 'fix-first')
