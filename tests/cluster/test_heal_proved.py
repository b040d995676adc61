"""The runbook's incident with the times of a real one, healed as soon as Locket's own stacks prove the hang."""
import time

import pytest

import cluster
from healing import BBS, each_began_once, is_healed, versions
from trial import UNREST, YOUNG, age, fault, is_problem, settled

UNTIL_A_DELETION, UNTIL_HEALED = 40, 80   # seconds at most, from `heal --yes` on


@pytest.mark.alone   # beside two other stages it took 81 s, by itself 59
@pytest.mark.stage('--real')
@pytest.mark.seconds(300)
def test_the_runbooks_incident_with_real_times(start, diagnose, record_property):
    """TTL 15 s, readiness every 10 s. While the pods are young it is wait; the restart is due when they are a minute old."""
    with fault('locket-hung'):
        if age() < YOUNG - 10:
            diagnosis = diagnose()
            assert (diagnosis.id, diagnosis.remedy) == ('bbs-starting', 'wait'), str(diagnosis)
        diagnosis = settled(diagnose, 'bbs-lock-stuck', YOUNG + UNREST + 10)
        is_problem(diagnosis, 'restart')
        assert age() >= YOUNG
        assert cluster.lock_owner() in BBS
        # The service's name is refused, pods are Ready 2/2: the signs by which the runbook knows the case.
        assert all(map(cluster.is_ready, cluster.pods()))
        time.sleep(UNREST)   # with this each BBS has asked for a minute: a hang of that age heals itself no more
        before = versions()
        began = time.monotonic()
        run = start('--yes', '--grace', '60s')
        run.until_told(': deleted')
        until_a_deletion = time.monotonic() - began
        run.finish()
        until_healed = time.monotonic() - began
        record_property('seconds until a deletion, until healed', f'{until_a_deletion:.1f}, {until_healed:.1f}')
        print(f'from heal --yes to the first deletion {until_a_deletion:.1f} s, to "healed" {until_healed:.1f} s')
        assert 'the hang is proved: no grace period needed' in run.stderr, str(run)
        is_healed(run, diagnose)
        each_began_once(before)
        assert until_a_deletion <= UNTIL_A_DELETION and until_healed <= UNTIL_HEALED, str(run)
