"""Locket's table is locked: its requests are as slow as a hang's, in another place."""
import pytest

import cluster
from healing import BBS, is_refused, versions
from stacks import that_hang
from trial import UNREST, fault, is_problem, settled


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
def test_a_table_that_is_locked_is_no_hang(heal, diagnose):
    """Locket's requests wait for an answer to their query, and the restarted Locket's would too."""
    before = versions()
    with fault('table-locked'):
        cluster.until('a request to wait outside of what hangs', 30, lambda: any(that_hang(pod)[1] for pod in BBS))
        assert not any(that_hang(pod)[0] for pod in BBS)
        is_problem(settled(diagnose, 'database-blocked', UNREST + 40), 'fix-first')
        is_refused(heal('--yes', '--force'), before)
