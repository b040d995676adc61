"""One Locket of two hangs. What tells it is its own stacks, and a lock of the auctioneer's that is missing."""
import pytest

import cluster
from healing import each_began_once, is_healed, versions
from stacks import that_ask, that_hang
from trial import UNREST, fault, is_problem, settled


@pytest.mark.more
@pytest.mark.stage('--separate')
@pytest.mark.xdist_group('separate')
@pytest.mark.seconds(150)
@pytest.mark.usefixtures('old_pods')
@pytest.mark.parametrize('who', ['auctioneer', 'both-bbs'])
def test_of_two_lockets_that_one_is_restarted_that_hangs(who, heal, diagnose):
    before = versions()
    with fault('locket-hung-one', who):
        (sick,) = (pod for pod in ('locket-0', 'locket-1') if that_hang(pod)[0])
        assert that_ask('diego-brain-0', 'auctioneer') and cluster.lock_owner('auctioneer') is None
        is_problem(settled(diagnose, 'locket-hung-one', UNREST + 60), 'restart')
        is_healed(heal('--yes'), diagnose)
        each_began_once(before, [sick])
        cluster.until('the auctioneer to have its lock', 30, lambda: cluster.lock_owner('auctioneer') == 'diego-brain-0')
