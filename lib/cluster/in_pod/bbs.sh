# In a BBS pod: what every look needs. `ping`: the script in it that asks its BBS, below V.
ping() {
    f=$V/$ping
    if [ -x $f ]; then
        t=$(bounded $W $f 2>&1 >/dev/null </dev/null)
        say ping $? "$t"
    else
        say ping absent
    fi
}
# Locket is asked where the BBS itself asks it. Where cfdot's setup points may be a service that selects the active
# pod only, and without one nobody: then its silence says nothing about Locket. "Hangs" counts only behind a
# connection that opened, and costs a hung Locket a connection for good: once a look, and only where locks=yes.
locket() {
    f=$V/jobs/bbs/config/bbs.json
    q=$(setting locket_address '[A-Za-z0-9.-]+:[0-9]+')
    [ "$q" ] || [ ! -d $V/jobs/locket ] || q=127.0.0.1:8891
    [ "${q:=$fallback}" ] || {
        say locket unreadable
        say locks unasked
        return
    }
    connect ${q%:*} ${q##*:}
    say locket "$r $n" "$q
$t"
    f=$V/jobs/cfdot/bin/setup
    if [ ! -r $f ]; then
        say locks absent
    elif [ "$r$locks" != 0yes ]; then
        say locks unasked
    else
        t=$(bounded $W bash -c '. $0;cfdot locks --locketAPILocation $1' $f $q 2>&1 </dev/null)
        say locks $? "$t"
    fi
}
say clock "$(date -u +%s)"
j=
for i in bbs locket; do [ ! -d $V/jobs/$i ] || j="$j$i "; done
say jobs 0 "$j"
ping &
locket &
port bbs 8889 &
database bbs &
# Read meanwhile, and sent when nothing else is: it is longer than one write.
g=$(log bbs)
wait
out "$g"
say done $v
