"""What stage, fault, crowd and the tests share: kubectl, psql and iptables in the cluster, one look at the stage, waiting.

Which stage is meant says CFEE_STAGE (its namespace has that name), or --stage before anything else."""
import functools
import json
import os
import string
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TRUE_LABEL = 'skiff-role-active'
ROLES = ('api', 'api-group', 'diego-api', 'diego-brain', 'locket')
if '--stage' in sys.argv[1:-1]:
    where = sys.argv.index('--stage')
    os.environ['CFEE_STAGE'] = sys.argv[where + 1]
    del sys.argv[where:where + 2]
STAGE = os.environ.setdefault('CFEE_STAGE', 'cf')


def run(*argv, input=None, check=True, timeout=120):
    done = subprocess.run(argv, input=input, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout,
                          stdin=subprocess.DEVNULL if input is None else None)
    if check and done.returncode != 0:
        raise SystemExit(f'{os.path.basename(sys.argv[0])}: {" ".join(argv)[:200]}: {done.stderr.strip()}')
    return done


def k(*args, **kw):
    return run(HERE + '/k', *args, **kw)


def in_stage(*args, **kw):
    """kubectl in the stage's namespace."""
    return k(args[0], '-n', STAGE, *args[1:], **kw)


def get(*args):
    return json.loads(in_stage('get', *args, '-o', 'json').stdout)


def in_pod(pod, script, check=False, container=None):
    """A shell script in the pod's first container; done.returncode is the script's."""
    return in_stage('exec', pod, '-c', container or role_of(pod), '--', 'bash', '-c', script, check=check)


def in_all(*argv, **kw):
    return run(HERE + '/in-all', *argv, **kw)


def svc(*args):
    return run(HERE + '/svc', *args)


def psql(database, statement, check=True):
    """Rows as lists of text; the superuser of the stage's databases, by the socket. A table that is locked or a server that is frozen is an
    error, soon."""
    client = [env('PG') + '/psql', '-qAt', '-F', '\t', '-h', '/run/pg/' + STAGE, '-U', 'postgres', f'dbname={database} connect_timeout=5']
    out = in_all(*client, '-c', "set lock_timeout = '5s'", '-c', statement, check=check).stdout
    return [line.split('\t') for line in out.splitlines()]


def apply_manifest(name, **more):
    """A manifest of ours, with the stage's name and what else is given written in."""
    with open(f'{HERE}/manifests/{name}') as f:
        k('apply', '-f', '-', input=string.Template(f.read()).substitute(NAMESPACE=STAGE, **more))


def role_of(pod):
    return pod.rpartition('-')[0]


@functools.lru_cache(None)
def env(name):
    return run('bash', '-c', f'. {HERE}/setup/env.sh; echo "${name}"').stdout.strip()


def pods(role=None):
    wanted = f'skiff-role-name={role}' if role else f'skiff-role-name in ({",".join(ROLES)})'
    return sorted(get('pods', '-l', wanted)['items'], key=lambda p: p['metadata']['name'])


def is_ready(pod):
    status = pod['status'].get('containerStatuses', [])
    return bool(status) and all(c['ready'] for c in status) and 'deletionTimestamp' not in pod['metadata']


def label(pod):
    return pod['metadata']['labels'].get(TRUE_LABEL)


def service():
    """The BBS's ClusterIP service in this edition."""
    return 'diego-api-bbs' if get('services', '-l', 'skiff-role-name=locket')['items'] else 'diego-api'


def endpoints():
    """Addresses that the BBS service leads to."""
    slices = get('endpointslices', '-l', 'kubernetes.io/service-name=' + service())['items']
    return sorted(a for s in slices for e in s['endpoints'] or [] if e['conditions'].get('ready') for a in e['addresses'])


def ping(pod):
    """Exit status of the readiness script in a BBS pod: 0 active, 7 refused, 22 HTTP 503, 60 certificate."""
    return in_pod(pod, 'timeout 4 /var/vcap/jobs/global-properties/bin/readiness/diego-api').returncode


def cc_reaches_bbs(pod):
    return in_pod(pod, f'timeout 3 nc -z -w 2 {service()}.{STAGE}.svc.cluster.local 8889').returncode == 0


def active():
    """The pods labelled active."""
    return [p['metadata']['name'] for p in pods('diego-api') if label(p) == 'true']


def lock_owner(path='bbs'):
    rows = psql('diego_locket', f"select owner from locks where path = '{path}'", check=False)
    return rows[0][0] if rows else None


def until(what, seconds, condition, pause=0.15):
    """Waits for the condition; ends the program with a word on what it waited for. Returns the seconds it took."""
    start = time.time()
    while True:
        if condition():
            return time.time() - start
        if time.time() - start > seconds:
            raise SystemExit(f'{os.path.basename(sys.argv[0])}: gave up after {seconds:.0f} s waiting for: {what}')
        time.sleep(pause)


def settings():
    """The stage's times, read back from its own manifest."""
    sets = {s['metadata']['name']: s for s in get('statefulsets')['items']}
    spec = sets['diego-api']['spec']['template']['spec']
    values = {e['name']: e.get('value') for e in spec['containers'][0]['env']}
    return {'ttl': float(values['LOCK_TTL']), 'pace': float(values['MONIT_PACE']), 'period': spec['containers'][0]['readinessProbe']['periodSeconds'],
            'kill_wait': float(values['KILL_WAIT']), 'separate': 'locket' in sets}
