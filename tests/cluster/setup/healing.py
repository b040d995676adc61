"""A heal under way on the cluster: what it says is read as it says it, so that a test can do something at that moment."""
import json
import os
import pathlib
import pty
import signal
import subprocess
import threading
import time

import cluster
from trial import HERE, is_healthy

BBS = ('diego-api-0', 'diego-api-1')


def versions():
    """Name and UID of each pod that is not on its way out."""
    return {pod['metadata']['name']: pod['metadata']['uid'] for pod in cluster.pods() if 'deletionTimestamp' not in pod['metadata']}


class Heal:
    """`kubectl cfee-stager heal`, started. Nothing it prints or keeps may hold a secret."""

    def __init__(self, plugin, evidence, *arguments, user=None, terminal=False, kubeconfig=None):
        self.evidence = pathlib.Path(evidence)
        env = {**os.environ, 'PATH': f'{plugin}:{os.environ["PATH"]}', **({'AS': user} if user else {})}
        setting = ['env', f'KUBECONFIG={kubeconfig}'] if kubeconfig else []
        keep = [] if '--evidence' in arguments else ['--evidence', str(evidence)]
        self.terminal, theirs = pty.openpty() if terminal else os.pipe()
        self.process = subprocess.Popen([str(HERE / 'in-net'), *setting, 'kubectl', 'cfee-stager', 'heal', '-n', cluster.STAGE, '-o', 'json', '--grace', '5s', *keep, *arguments],
                                        env=env, stdin=theirs if terminal else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        self.stderr, self.has_ended, self.news = '', False, threading.Condition()
        self.readers = [threading.Thread(target=self._listen, daemon=True), threading.Thread(target=self._take, daemon=True)]
        for reader in self.readers:
            reader.start()

    def _listen(self):
        while True:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:  # the other end of a terminal was closed
                data = b''
            with self.news:
                self.stderr += data.decode()
                self.has_ended = not data
                self.news.notify_all()
            if not data:
                return

    def _take(self):
        self.stdout = self.process.stdout.read().decode()

    def until_told(self, words, within=120, after=0):
        """Waits until it says this, from that position of its standard error on. Returns the position behind it."""
        end = time.monotonic() + within
        with self.news:
            while words not in self.stderr[after:]:
                assert not self.has_ended and time.monotonic() < end, f'never said {words}: {self.stderr}'
                self.news.wait(max(0, end - time.monotonic()))
            return self.stderr.index(words, after) + len(words)

    def type(self, text):
        os.write(self.terminal, text.encode())

    def interrupt(self):
        """Control-C. It must be over within a second, with no child left."""
        children = subprocess.run(['pgrep', '-P', str(self.process.pid)], stdout=subprocess.PIPE, text=True).stdout.split()
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.finish(30)
        self.seconds_to_stop = time.monotonic() - began
        assert not [pid for pid in children if os.path.exists(f'/proc/{pid}')], f'children are left: {self}'
        assert (self.outcome, self.code) == ('interrupted', 130), str(self)
        return self

    def finish(self, within=900):
        self.code = self.process.wait(within)
        for reader in self.readers:
            reader.join(10)
        os.close(self.terminal)
        self.document = json.loads(self.stdout)
        self.outcome = self.document['outcome']
        assert self.document['exitStatus'] == self.code, str(self)
        kept = self.evidence.iterdir() if self.evidence.exists() else []
        for text in [self.stdout, self.stderr] + [path.read_text(errors='replace') for path in kept]:
            # An identifier in Cloud Controller's log, and no secret: nothing in its name or place says so.
            text = text.replace('canary-staging-token', '')
            assert 'canary-' not in text, text[max(0, text.find('canary-') - 200):][:400]
        return self

    def results(self):
        return [action['result'] for action in self.document['actions']]

    def __str__(self):
        return f'{self.outcome}/{self.code}\n{json.dumps(self.document, indent=1)}{self.stderr}'


def is_refused(healing, before):
    assert (healing.outcome, healing.code) == ('refused', 4), str(healing)
    assert healing.document['actions'] == [] and versions() == before, str(healing)


def is_left_alone(healing, before):
    assert healing.outcome in ('healthy', 'healed-by-itself') and healing.code == 0, str(healing)
    assert healing.document['actions'] == [] and versions() == before, str(healing)


def is_healed(healing, diagnose):
    assert (healing.outcome, healing.code) == ('healed', 0), str(healing)
    is_healthy(diagnose())


def each_began_once(before, names=BBS):
    """By the pods' own word: these are new, began once, and nothing else was restarted."""
    after = versions()
    assert {name for name in before if after.get(name) != before[name]} == set(names), f'{before} {after}'
    for pod in cluster.pods():
        if pod['metadata']['name'] in names:
            assert all(status['restartCount'] == 0 for status in pod['status']['containerStatuses']), pod['metadata']['name']
    for name in names:
        if name in BBS:
            assert cluster.in_pod(name, 'grep -c \'"bbs.starting"\' /var/vcap/sys/log/bbs/bbs.stdout.log').stdout.strip() == '1', name
