"""What comes to light between two steps of a heal: the gate before each deletion sees it, and force overrules none of it."""
import contextlib
import json
import os
import signal

import pytest

import cluster
from healing import is_refused, versions
from trial import UNREST, command, fault, settled

LOCKETS = ('locket-0', 'locket-1')


@contextlib.contextmanager
def exec_forbidden(user):
    rules = cluster.get('role', user)['rules']

    def grant(rules):
        cluster.in_stage('patch', 'role', user, '--type=merge', '-p', json.dumps({'rules': rules}))
    grant([rule for rule in rules if rule['resources'] != ['pods/exec']])
    try:
        yield
    finally:
        grant(rules)


@pytest.mark.stage('--separate')
@pytest.mark.xdist_group('separate')
@pytest.mark.seconds(150)
@pytest.mark.usefixtures('old_pods')
def test_exec_is_forbidden_after_lockets_restart(start, diagnose):
    """Whether the BBS needs a restart too cannot be seen any more: its pods stay."""
    before = versions()
    with fault('locket-hung'):
        settled(diagnose, 'bbs-lock-stuck', UNREST + 20)
        run = start('--yes', '--force', user='operator')
        run.until_told('locket-1: deleted')
        with exec_forbidden('operator'):
            run.finish()
        after = versions()
        assert {name for name in before if after.get(name) != before[name]} == set(LOCKETS), str(run)
        assert {action['pod'] for action in run.document['actions']} == set(LOCKETS), str(run)
        assert (run.outcome, run.code) == ('not-healed', 1) and 'the BBS pods were left alone' in str(run.document['because']), str(run)


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_a_stranger_takes_the_lock_while_the_evidence_is_saved(start, diagnose):
    before = versions()
    with fault('locket-hung'):
        settled(diagnose, 'bbs-lock-stuck', UNREST + 20)
        run = start('--yes', '--force', terminal=True)
        run.until_told('saving the evidence')
        os.kill(run.process.pid, signal.SIGSTOP)   # so that it is there before the gate looks, however fast the saving is
        command('fault', 'foreign-owner')
        os.kill(run.process.pid, signal.SIGCONT)
        is_refused(run.finish(), before)
        assert 'other-cf-diego-api-0' in ' '.join(run.document['because']), str(run)
