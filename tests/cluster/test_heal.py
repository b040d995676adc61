"""`kubectl cfee-stager heal` against a real Kubernetes: what it deletes, and above all what it does not."""
import json
import os
import pathlib
import subprocess

import pytest

from test_cluster import HERE, UNREST, a_cluster, command, diagnose, fault, is_healthy, plugin, settled, wait_until_old  # noqa: F401  (fixtures)
import cluster


class Healing:
    def __init__(self, done):
        self.code, self.stderr, self.document = done.returncode, done.stderr, json.loads(done.stdout)
        self.outcome = self.document['outcome']

    def __str__(self):
        return f'{self.outcome}/{self.code}\n{json.dumps(self.document, indent=1)}{self.stderr}'


@pytest.fixture
def heal(plugin, tmp_path):  # noqa: F811
    """Runs it as a script would: no terminal. Nothing it prints or keeps may hold a secret."""
    def run(*arguments, user=None):
        env = {**os.environ, 'PATH': f'{plugin}:{os.environ["PATH"]}', **({'AS': user} if user else {})}
        folder = tmp_path / f'evidence-{len(list(tmp_path.iterdir()))}'
        done = subprocess.run([str(HERE / 'in-net'), 'kubectl', 'cfee-stager', 'heal', '-o', 'json', '--grace', '5s', '--evidence', str(folder), *arguments],
                              env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600)
        texts = [done.stdout, done.stderr] + [path.read_text(errors='replace') for path in (folder.iterdir() if folder.exists() else [])]
        for text in texts:
            # An identifier in Cloud Controller's log, and no secret: nothing in its name or place says so.
            text = text.replace('canary-staging-token', '')
            assert 'canary-' not in text, text[max(0, text.find('canary-') - 200):][:400]
        healing = Healing(done)
        assert healing.document['exitStatus'] == healing.code
        return healing
    return run


def versions():
    """What must not change where nothing is deleted: UIDs."""
    return {pod['metadata']['name']: pod['metadata']['uid'] for pod in cluster.pods() if 'deletionTimestamp' not in pod['metadata']}


def is_refused(healing, before):
    assert (healing.outcome, healing.code) == ('refused', 4), str(healing)
    assert healing.document['actions'] == [] and versions() == before, str(healing)


def test_a_healthy_stage_is_left_alone(heal):
    before = versions()
    healing = heal('--yes')
    assert (healing.outcome, healing.code) == ('healthy', 0), str(healing)
    assert versions() == before


@pytest.mark.parametrize('name', ['database-down', 'foreign-owner', 'certificate'])
def test_a_fault_that_a_restart_does_not_cure_is_refused(heal, diagnose, name):  # noqa: F811
    before = versions()
    with fault(name):
        is_refused(heal('--yes', '--force'), before)


def test_one_cloud_controller_pod_that_is_cut_off_is_no_reason(heal):
    before = versions()
    with fault('api-cut-off', 'api-1'):
        is_refused(heal('--yes', '--force'), before)


def test_the_incident(heal, diagnose):  # noqa: F811
    wait_until_old()
    before = versions()
    with fault('locket-hung-busy'):
        settled(diagnose, 'bbs-lock-stuck', UNREST + 20)
        # Nobody agrees; somebody agrees to another plan; somebody may not delete: nothing happens.
        is_refused(heal(), before)
        is_refused(heal('--confirm=0123456789ab'), before)
        is_refused(heal('--yes', user='no-delete'), before)
        planned = heal('--dry-run=server')
        assert (planned.outcome, planned.code) == ('planned', 0), str(planned)
        assert versions() == before
        # And then it is done, and proved.
        healing = heal(f"--confirm={planned.document['plan']['digest']}")
        assert (healing.outcome, healing.code) == ('healed', 0), str(healing)
        assert [action['result'] for action in healing.document['actions']] == ['deleted', 'deleted'], str(healing)
        after = versions()
        for pod in ('diego-api-0', 'diego-api-1'):
            assert after[pod] != before[pod]
        assert {name: uid for name, uid in after.items() if not name.startswith('diego-')} == {name: uid for name, uid in before.items() if not name.startswith('diego-')}
        assert {'transcript.jsonl', 'report.json', 'report.txt', 'MANIFEST'} <= set(os.listdir(healing.document['evidence']))
        is_healthy(diagnose())
    assert pathlib.Path(healing.document['evidence']).stat().st_mode & 0o777 == 0o700
