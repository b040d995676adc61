"""`kubectl cfee-stager heal` against a real Kubernetes: what it deletes, and above all what it does not.

Each test begins on a healthy stage; each incident ends healed.
"""
import contextlib
import json
import os
import time

import pytest

import cluster
from healing import each_began_once, is_healed, is_left_alone, is_refused, versions
from trial import UNREST, YOUNG, age, api_server_is_noticed_again, command, fault, is_healthy, is_problem, settled, wait_until_old

STOPS_WITHIN = 4    # seconds; it is one, and the machine may be busy


@contextlib.contextmanager
def paused(name):
    command('svc', 'pause', name)
    try:
        yield
    finally:
        command('svc', 'resume', name)


# --- nothing is deleted ------------------------------------------------------------------------------------------------

def test_a_healthy_stage_is_left_alone(heal):
    before = versions()
    is_left_alone(heal('--yes'), before)


@pytest.mark.parametrize('name', ['foreign-owner', 'certificate'])
def test_a_fault_that_a_restart_does_not_cure_is_refused(heal, name):
    before = versions()
    with fault(name):
        is_refused(heal('--yes', '--force'), before)


def test_a_database_that_is_down_is_waited_for_by_a_person_and_then_all_is_well(heal, diagnose):
    before = versions()
    with fault('database-down'):
        is_refused(heal('--yes', '--force'), before)
    is_healthy(settled(diagnose, 'healthy', 30))
    assert versions() == before


@pytest.mark.usefixtures('old_pods')
def test_one_cloud_controller_pod_that_is_cut_off_is_no_reason(heal):
    before = versions()
    with fault('api-cut-off', 'api-1'):
        is_refused(heal('--yes', '--force'), before)


@pytest.mark.more
@pytest.mark.usefixtures('old_pods')
def test_all_cloud_controller_pods_cut_off_are_no_reason(heal):
    before = versions()
    with fault('api-cut-off'):
        is_refused(heal('--yes', '--force'), before)


@pytest.mark.usefixtures('old_pods')
def test_a_failover_is_left_alone(heal):
    before = versions()
    command('fault', 'failover')
    is_left_alone(heal('--yes', '--grace', '60s'), before)


@pytest.mark.more
@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_a_slow_failover_is_left_alone(heal):
    before = versions()
    with fault('failover-slow'):
        is_left_alone(heal('--yes', '--grace', '60s', '--timeout', '4m'), before)


@pytest.mark.more
@pytest.mark.usefixtures('old_pods')
def test_a_frozen_label_is_refused(heal):
    before = versions()
    with fault('label-frozen'):
        is_refused(heal('--yes', '--force'), before)


@pytest.mark.usefixtures('old_pods')
def test_a_migration_is_waited_for_and_no_longer(heal):
    before = versions()
    with fault('migration'):
        is_refused(heal('--yes', '--force', '--timeout', '15s'), before)


@pytest.mark.more
@pytest.mark.seconds(150)
def test_young_and_terminating_pods_are_waited_for_and_no_longer(heal):
    command('stage', 'recreate')
    with fault('locket-hung'):
        before = versions()
        assert age() < YOUNG - 20
        is_refused(heal('--yes', '--timeout', '10s'), before)
        wait_until_old()
        cluster.in_stage('delete', 'pod', 'diego-api-1', '--wait=false')
        # Deleting one of them by hand may be all that was needed: then it passes while heal waits.
        healing = heal('--yes', '--timeout', '10s')
        assert (healing.outcome, healing.code) in (('refused', 4), ('healed-by-itself', 0), ('healed', 0)), str(healing)
        assert healing.document['actions'] == []
        assert versions()['diego-api-0'] == before['diego-api-0']


# --- the incident: what stops it, and what does not ----------------------------------------------------------------------

@pytest.mark.xdist_group('incident')
@pytest.mark.seconds(200)
@pytest.mark.usefixtures('incident')
class TestTheIncident:
    def test_nobody_agrees(self, heal):
        is_refused(heal(), versions())

    def test_somebody_agreed_to_another_plan(self, heal):
        is_refused(heal('--confirm=0123456789ab'), versions())

    def test_somebody_may_not_delete(self, heal):
        healing = heal('--yes', user='no-delete')
        is_refused(healing, versions())
        assert 'verbs: [delete]' in ' '.join(healing.document['because'])

    def test_the_evidence_cannot_be_kept(self, heal):
        is_refused(heal('--yes', '--evidence', '/proc/evidence'), versions())

    def test_a_dry_run_on_the_server_changes_nothing(self, heal):
        def revisions():
            return {pod['metadata']['name']: (pod['metadata']['uid'], pod['metadata']['resourceVersion']) for pod in cluster.pods('diego-api')}
        for _ in range(3):  # the kubelet writes too, now and then
            before = revisions()
            healing = heal('--dry-run=server')
            assert (healing.outcome, healing.code) == ('planned', 0), str(healing)
            if revisions() == before:
                return
        assert revisions() == before

    @pytest.mark.parametrize('moment', ['Locket seems to hang', '[y/N]', 'saving the evidence', 'asking the API server whether'])
    def test_control_c_before_the_first_deletion(self, start, moment):
        before = versions()
        # Nothing is proved of a BBS that has asked for less than a minute.
        run = start(*([] if moment == '[y/N]' else ['--yes']), *(['--grace', '2m'] if 'hang' in moment else []), terminal=True)
        run.until_told(moment)
        run.interrupt()
        assert run.document['actions'] == [] and versions() == before, str(run)
        assert run.seconds_to_stop < STOPS_WITHIN, str(run)


@pytest.mark.alone
@pytest.mark.usefixtures('incident')
class TestTheIncidentAndTheClustersOwnTroubles:
    def test_the_owner_does_not_want_them_any_more(self, heal):
        before = versions()
        with paused('controller-manager'):
            cluster.in_stage('scale', 'statefulset', 'diego-api', '--replicas=1')
            try:
                is_refused(heal('--yes', '--force'), before)
            finally:
                cluster.in_stage('scale', 'statefulset', 'diego-api', '--replicas=2')

    def test_the_owner_is_gone(self, heal):
        before = versions()
        with paused('controller-manager'):
            cluster.in_stage('patch', 'pod', 'diego-api-1', '--type=json', '-p', '[{"op": "remove", "path": "/metadata/ownerReferences"}]')
            is_refused(heal('--yes', '--force'), before)
        cluster.until('the pod to be adopted again', 30, lambda: all('ownerReferences' in pod['metadata'] for pod in cluster.pods('diego-api')))

    @pytest.mark.more
    def test_it_is_healed_although_the_api_server_is_away_for_20_seconds_in_each_phase(self, heal, start, diagnose):
        before = versions()
        planned = heal('--dry-run')
        assert planned.document['plan'], str(planned)
        run = start(f"--confirm={planned.document['plan']['digest']}", '--grace', '10s')
        position = 0
        for moment, away in (('looked: bbs-lock-stuck', ('stop', 'start')), ('evidence saved', ('pause', 'resume')),
                             ('would delete all of them', ('stop', 'start')), ('diego-api-1: ', ('pause', 'resume')), ('healthy; looking', ('stop', 'start'))):
            position = run.until_told(moment, within=240, after=position)
            command('svc', away[0], 'apiserver')
            time.sleep(20)
            command('svc', away[1], 'apiserver')
        run.finish()
        api_server_is_noticed_again()
        is_healed(run, diagnose)
        each_began_once(before)
        assert {'transcript.jsonl', 'report.json', 'report.txt', 'MANIFEST'} <= set(os.listdir(run.document['evidence']))
        assert run.evidence.stat().st_mode & 0o777 == 0o700


# --- other incidents -----------------------------------------------------------------------------------------------------

@pytest.mark.seconds(200)
@pytest.mark.usefixtures('old_pods')
def test_two_heals_of_a_bbs_that_answers_503(start, diagnose):
    before = versions()
    with fault('bbs-503'):
        is_problem(settled(diagnose, 'bbs-not-serving', UNREST + 20), 'restart')
        runs = [start('--yes'), start('--yes')]
        for run in runs:
            run.finish()
        assert {run.code for run in runs} <= {0, 4} and 'healed' in [run.outcome for run in runs], '\n'.join(map(str, runs))
        is_healthy(diagnose())
        each_began_once(before)


@pytest.mark.more
@pytest.mark.seconds(200)
@pytest.mark.usefixtures('old_pods')
def test_control_c_while_it_waits_and_again(start, heal, diagnose):
    """A second run carries on and deletes nothing that the first one has made."""
    before = versions()
    with fault('locket-hung'):
        settled(diagnose, 'bbs-lock-stuck', UNREST + 20)
        run = start('--yes')
        run.until_told('diego-api-1: deleted')
        run.interrupt()
        assert run.results() == ['deleted', 'deleted'], str(run)
        assert run.seconds_to_stop < STOPS_WITHIN, str(run)
        second = heal('--yes')
        assert second.code == 0 and second.document['actions'] == [], str(second)
        is_healthy(diagnose())
        each_began_once(before)


def a_config_of_its_own(folder):
    """A kubeconfig with a second context that leads nowhere."""
    config = json.loads(cluster.k('config', 'view', '--raw', '-o', 'json').stdout)
    context = dict(config['contexts'][0]['context'], cluster='nowhere')
    config['clusters'].append({'name': 'nowhere', 'cluster': {'server': 'https://127.0.0.1:1'}})
    config['contexts'].append({'name': 'nowhere', 'context': context})
    path = folder / 'kubeconfig'
    path.write_text(json.dumps(config))
    return path


@pytest.mark.stage('--separate')
@pytest.mark.seconds(290)
def test_locket_in_pods_of_its_own(start, diagnose, tmp_path):
    """And a person at a terminal, who is slow to answer."""
    lockets = ('locket-0', 'locket-1')
    with fault('locket-hung'):
        wait_until_old()
        settled(diagnose, 'bbs-lock-stuck', UNREST + 20)
        # A pod of the plan is replaced while the question stands.
        run = start(terminal=True)
        run.until_told('[y/N]')
        cluster.in_stage('delete', 'pod', 'diego-api-1', '--force', '--grace-period=0')
        cluster.until('a new pod', 30, lambda: len(versions()) == 7)
        run.type('y\n')
        run.finish()
        assert (run.outcome, run.code, run.document['actions']) == ('refused', 4, []), str(run)
        wait_until_old()
        settled(diagnose, 'bbs-lock-stuck', UNREST + 20)
        # The context is switched while the question stands.
        before = versions()
        config = a_config_of_its_own(tmp_path)
        run = start(terminal=True, kubeconfig=config)
        run.until_told('[y/N]')
        config.write_text(config.read_text().replace('"current-context": "', '"current-context": "nowhere", "was": "'))
        run.type('y\n')
        run.finish()
        is_healed(run, diagnose)
        each_began_once(before, lockets)
