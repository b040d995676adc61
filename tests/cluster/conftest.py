"""A cluster, a stage on it for each of pytest's workers, and the program under test as kubectl finds it."""
import os
import pathlib
import subprocess
import sys
import time

import pytest

# Before anything asks which stage is meant: `pytest -n 4` plays on the stages cf, cf1, cf2 and cf3 at once.
WORKER = os.environ.get('PYTEST_XDIST_WORKER', '')
if WORKER:
    os.environ['CFEE_STAGE'] = 'cf' + WORKER.removeprefix('gw').lstrip('0')
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / 'setup'))
import cluster  # noqa: E402
from healing import Heal  # noqa: E402
from trial import HERE, UNREST, Diagnosis, command, wait_until_none_dies, wait_until_old  # noqa: E402

MARKERS = ('alone: needs the whole cluster to itself, because it stops or freezes what all stages share',
           'stage(ARGUMENT...): on a stage that is applied with these arguments; without, on the default one',
           'seconds(N): about how long it takes; the long ones begin first, so that the workers end together',
           'more: only in `tests/run --all`')


def pytest_configure(config):
    for marker in MARKERS:
        config.addinivalue_line('markers', marker)


def pytest_collection_modifyitems(items):
    def seconds(item):
        marker = item.get_closest_marker('seconds')
        return marker.args[0] if marker else 20
    items.sort(key=seconds, reverse=True)


def pytest_sessionstart(session):
    """Once, not in each worker: they find the cluster up, and none of them takes it from under the others."""
    if WORKER or session.config.option.collectonly:
        return
    session.config.cluster_was_up = command('svc', 'status', 'apiserver', check=False).stdout.find(' up ') > 0
    up = command('up', check=False)
    if up.returncode != 0:
        os.environ['CFEE_NO_CLUSTER'] = up.stdout if up.returncode != 77 else 'skip: ' + up.stdout.strip().splitlines()[-1]


def pytest_sessionfinish(session):
    if not getattr(session.config, 'cluster_was_up', True):
        command('down')


@pytest.fixture(scope='session', autouse=True)
def a_cluster():
    why_not = os.environ.get('CFEE_NO_CLUSTER', '')
    if why_not.startswith('skip: '):
        pytest.skip(why_not)
    assert not why_not, why_not
    yield
    if WORKER in ('', 'gw0'):
        command('fault', 'clear')
    else:   # pods that nobody looks at any more would take CPU time from the others
        command('stage', 'remove')


def set_the_stage(node):
    marker = node.get_closest_marker('stage')
    command('stage', 'apply', *(marker.args if marker else ['--short']))
    wait_until_none_dies()


@pytest.fixture(autouse=True)
def a_stage(request):
    """Healthy and as the test wants it, whatever the one before has left."""
    if 'incident' not in request.fixturenames:
        set_the_stage(request.node)


@pytest.fixture
def old_pods(a_stage):  # pylint: disable=unused-argument
    wait_until_old()


@pytest.fixture(scope='class')
def incident(request):
    """Everything about one incident, until one of the tests heals it."""
    set_the_stage(request.node)
    wait_until_old()
    command('fault', 'locket-hung-busy')
    time.sleep(UNREST)
    yield
    command('stage', 'reset')


@pytest.fixture(scope='session')
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
        done = subprocess.run([str(HERE / 'in-net'), 'kubectl', 'cfee-stager', 'diagnose', '-n', cluster.STAGE, '-o', 'json', '--record', str(record)],
                              env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=180)
        seconds = time.monotonic() - start
        transcript = record.read_text()
        assert 'kubectl' in transcript
        for what, text in (('stdout', done.stdout), ('stderr', done.stderr), ('the transcript', transcript)):
            assert 'canary-' not in text, f'a secret in {what}: {text[max(0, text.find("canary-") - 200):][:400]}'
        diagnosis = Diagnosis(done, seconds)
        assert diagnosis.document['exitStatus'] == done.returncode
        return diagnosis
    return run


@pytest.fixture
def start(plugin, tmp_path):
    return lambda *arguments, **how: Heal(plugin, tmp_path / f'evidence-{len(list(tmp_path.iterdir()))}', *arguments, **how)


@pytest.fixture
def heal(start):
    """As a script would run it: no terminal."""
    return lambda *arguments, **how: start(*arguments, **how).finish()
