"""Every BBS process is gone and nobody starts it again."""
import time

import pytest

from healing import each_began_once, is_healed, versions
from trial import fault, is_problem, settled


@pytest.mark.seconds(150)
@pytest.mark.usefixtures('old_pods')
def test_bbs_that_do_not_run_are_restarted_after_the_full_grace(start, diagnose):
    """Nobody has told monit to leave them alone, and nothing in their logs says why they ended."""
    before = versions()
    with fault('bbs-dead'):
        is_problem(settled(diagnose, 'bbs-not-running', 150), 'restart')
        began = time.monotonic()
        run = start('--yes', '--grace', '40s')
        run.until_told('diego-api-1: deleted', within=300)
        assert time.monotonic() - began >= 40, str(run)
        is_healed(run.finish(), diagnose)
        each_began_once(before)
