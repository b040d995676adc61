"""A database whose port is open and that says nothing: frozen, or dead behind a proxy."""
import pytest

from healing import BBS, is_refused, versions
from trial import UNREST, fault, is_healthy, is_problem, settled


@pytest.mark.seconds(120)
@pytest.mark.usefixtures('old_pods')
@pytest.mark.parametrize('name', ['database-frozen', pytest.param('database-accepts-only', marks=pytest.mark.more)])
def test_a_database_that_accepts_and_says_nothing_is_down(name, heal, diagnose):
    """All else is as in the runbook's case: each BBS waits for its Locket, and that for its database."""
    before = versions()
    with fault(name):
        is_problem(settled(diagnose, 'database-down', UNREST + 40), 'fix-first')
        is_refused(heal('--yes', '--force'), before)
    is_healthy(settled(diagnose, 'healthy', 30))
    assert versions() == before
