"""What a job's goroutines say of the lock, as its debug server tells them: who asks for it, and which request for it hangs."""
import re

import cluster

DEBUG = {'bbs': 17017, 'locket': 17018, 'auctioneer': 17001}
ASKS = ('locket/models.(*locketClient).Lock(', 'locket/lock.(*lockRunner).Run(')
HANGS = re.compile(r'/pq\.\(\*conn\)\.(startup|Begin)\(')


def goroutines(pod, job):
    address = f'127.0.0.1:{DEBUG[job]}'
    assert f'"debug_address":"{address}"' in cluster.in_pod(pod, f'cat /var/vcap/jobs/{job}/config/{job}.json').stdout
    return cluster.in_pod(pod, f"curl -sS 'http://{address}/debug/pprof/goroutine?debug=2'", check=True).stdout.split('\n\n')


def numbers(those):
    return sorted(int(goroutine.split()[1]) for goroutine in those)


def that_ask(pod, job='bbs'):
    return numbers(g for g in goroutines(pod, job) if all(frame in g for frame in ASKS))


def that_hang(pod):
    """Numbers of the lock requests that wait for the database as in a hang, and of those that do not."""
    requests = [g for g in goroutines(pod, 'locket') if 'handlers.(*locketHandler).Lock(' in g]
    return numbers(g for g in requests if HANGS.search(g)), numbers(g for g in requests if not HANGS.search(g))
