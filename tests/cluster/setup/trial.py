"""What the tests on the cluster share: the stage's commands, faults that are undone, and a diagnosis as a value."""
import contextlib
import datetime
import json
import pathlib
import subprocess
import time

import cluster

HERE = pathlib.Path(__file__).resolve().parent.parent

YOUNG = 60      # seconds; below, a pod forbids a restart
SURVIVAL = 62   # seconds after which a BBS has not died at its start
UNREST = 30     # seconds after which a lock that has moved is at rest


def command(name, *arguments, check=True, timeout=1800):
    done = subprocess.run([str(HERE / name), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=timeout)
    assert not check or done.returncode == 0, f'{name} {" ".join(arguments)}: {done.stdout}'
    return done


def api_server_is_noticed_again():
    """After an outage the components ask anew at intervals that grow to a minute: begun anew, they see at once. Without
    kube-proxy the pods cannot patch their labels, without the controllers nothing follows from it."""
    watchers = ('proxy', 'controller-manager', 'scheduler')
    command('svc', 'stop', *watchers)
    command('svc', 'start', *watchers)


class Diagnosis:
    def __init__(self, done, seconds):
        self.stdout, self.stderr, self.code, self.seconds = done.stdout, done.stderr, done.returncode, seconds
        self.document = json.loads(done.stdout)
        self.id, self.remedy = self.document['diagnosis']['id'], self.document['diagnosis']['remedy']

    def check(self, id):
        return next(c for c in self.document['checks'] if c['id'] == id)

    def __str__(self):
        return f'{self.id}/{self.remedy}/{self.code} after {self.seconds:.1f} s\n{self.stdout}{self.stderr}'


@contextlib.contextmanager
def fault(name, *arguments):
    """The stage, broken; afterwards healthy again."""
    try:
        command('fault', name, *arguments)
        yield
    finally:
        command('stage', 'reset')


def settled(diagnose, expected, within, **how):
    """Diagnoses until it says what is expected. Until then it may say `wait`, and must never advise a restart that is not due."""
    end = time.monotonic() + within
    while True:
        diagnosis = diagnose(**how)
        if diagnosis.id == expected:
            return diagnosis
        assert diagnosis.remedy != 'restart', f'a restart instead of {expected}: {diagnosis}'
        assert time.monotonic() < end, f'never {expected}: {diagnosis}'
        time.sleep(1)


def never_a_restart(diagnose, seconds):
    """Whatever it is called: with pods of any age and a lock at rest, nobody is told to delete anything. Returns the last word."""
    end = time.monotonic() + seconds
    while True:
        diagnosis = diagnose()
        assert diagnosis.remedy != 'restart' and diagnosis.code != 0, str(diagnosis)
        if time.monotonic() > end:
            return diagnosis


def age():
    """Seconds since the youngest BBS pod was made."""
    made = [p['metadata']['creationTimestamp'] for p in cluster.pods('diego-api')]
    youngest = max(datetime.datetime.strptime(m, '%Y-%m-%dT%H:%M:%SZ') for m in made)
    return (datetime.datetime.utcnow() - youngest).total_seconds()


def wait_until_old():
    time.sleep(max(0, YOUNG + 1 - age()))


def wait_until_none_dies():
    """A BBS that the test before made die at each start, because its database was away, counts as one that dies until it has
    survived a start."""
    for pod in cluster.pods('diego-api'):
        said = cluster.in_pod(pod['metadata']['name'], 'grep -h "bbs.starting" /var/vcap/sys/log/bbs/bbs.stdout.log').stdout
        starts = [float(json.loads(line)['timestamp']) for line in said.splitlines()]
        if sum(time.time() - at < 150 for at in starts) > 2:
            time.sleep(max(0, min(SURVIVAL, starts[-1] + SURVIVAL - time.time())))


def is_problem(diagnosis, remedy):
    assert (diagnosis.remedy, diagnosis.code) == (remedy, 1), str(diagnosis)
    assert diagnosis.document['verdict'] == 'fail', str(diagnosis)


def is_healthy(diagnosis):
    assert (diagnosis.id, diagnosis.remedy, diagnosis.code) == ('healthy', 'none', 0), str(diagnosis)
