"""The runbook's case in pods whose logs have just been rotated."""
import pytest

from trial import UNREST, command, fault, is_healthy, is_problem, settled


@pytest.mark.more
@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_logs_that_were_rotated_hide_nothing(diagnose):
    command('fault', 'log-rotated')
    is_healthy(settled(diagnose, 'healthy', 30))
    with fault('locket-hung-busy'):
        command('fault', 'log-rotated')
        is_problem(settled(diagnose, 'bbs-lock-stuck', UNREST + 40), 'restart')
