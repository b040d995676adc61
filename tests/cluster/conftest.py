"""A cluster with a stage on it, and the program under test as kubectl finds it."""
import os
import pathlib
import subprocess
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'setup'))
from trial import HERE, Diagnosis, command  # noqa: E402


@pytest.fixture(scope='module', autouse=True)
def a_cluster():
    was_up = command('svc', 'status', 'apiserver', check=False).stdout.find(' up ') > 0
    up = command('up', check=False)
    if up.returncode == 77:
        pytest.skip(up.stdout.strip().splitlines()[-1])
    assert up.returncode == 0, up.stdout
    command('stage', 'apply', '--short')
    yield
    if was_up:
        command('fault', 'clear')
    else:
        command('down')


@pytest.fixture(scope='module')
def plugin(tmp_path_factory):
    """A folder for PATH that holds the program under test, under the name kubectl looks for."""
    program = pathlib.Path(os.environ.get('CFEE_STAGER') or HERE.parent.parent / 'build/bin/kubectl-cfee_stager').resolve()
    assert os.access(program, os.X_OK), f'no program at {program}: say where by CFEE_STAGER'
    folder = tmp_path_factory.mktemp('path')
    (folder / 'kubectl-cfee_stager').symlink_to(program)
    return folder


@pytest.fixture
def diagnose(plugin, tmp_path):
    """Runs it as a user would, through a real kubectl. Every run is recorded, and searched for secrets that it has no business to show."""
    def run(user=None, kubectl=None):
        env = {**os.environ, 'PATH': f'{plugin}:{os.environ["PATH"]}', **({'AS': user} if user else {}), **({'KUBECTL': kubectl} if kubectl else {})}
        record = tmp_path / f'look-{len(list(tmp_path.iterdir()))}.jsonl'
        start = time.monotonic()
        done = subprocess.run([str(HERE / 'in-net'), 'kubectl', 'cfee-stager', 'diagnose', '-o', 'json', '--record', str(record)], env=env,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=180)
        seconds = time.monotonic() - start
        transcript = record.read_text()
        assert 'kubectl' in transcript
        for what, text in (('stdout', done.stdout), ('stderr', done.stderr), ('the transcript', transcript)):
            assert 'canary-' not in text, f'a secret in {what}: {text[max(0, text.find("canary-") - 200):][:400]}'
        diagnosis = Diagnosis(done, seconds)
        assert diagnosis.document['exitStatus'] == done.returncode
        return diagnosis
    return run
