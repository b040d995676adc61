# In the pods of auctioneer, where a BBS serves and nobody holds auctioneer's lock: does it wait for Locket, and since when,
# by the last thing that its log says of the lock?
say clock $c
stacks auctioneer 17001 &
f=$V/sys/log/auctioneer/auctioneer.stdout.log
l=$(bound $W tail -c 200000 $f 2>/dev/null | grep -E '"auctioneer\.(start|exit|locket-lock\.)' | tail -n 1 | cut -c1-400)
wait
say log-auctioneer 0 "$l"
say done $v
