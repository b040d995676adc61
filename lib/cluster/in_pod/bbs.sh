# In a BBS pod: what every look needs. `ping`: the script in it that asks its BBS, below V. Where it was answered,
# nobody needs to ask whether something listens.
ping() {
    f=$V/$ping
    t=
    r=absent
    [ ! -x $f ] || {
        t=$(bound $W $f 2>&1 >/dev/null)
        r=$?
    }
    say ping $r "$t"
    [ $r = 0 ] && say port-bbs unasked || port bbs 8889
}
# Locket is asked where the BBS itself asks it. Where cfdot's setup points may be a service that selects the active
# pod only, and without one nobody: then its silence says nothing about Locket. "Hangs" counts only behind a
# connection that opened, and costs a hung Locket a connection for good: once a look, and only where locks=yes.
locket() {
    f=$V/jobs/bbs/config/bbs.json
    q=$(setting locket_address '[A-Za-z0-9.-]+:[0-9]+')
    q=${q:-${j:+127.0.0.1:8891}}
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
        t=$(bound $W bash -c '. $0;cfdot locks --locketAPILocation $1' $f $q 2>&1)
        say locks $? "$t"
    fi
}
say clock $c
# Of the jobs, Locket's is the one that is not in every BBS pod.
j=
[ ! -d $V/jobs/locket ] || j=locket
say jobs 0 $j
ping &
locket &
database bbs &
# Read meanwhile, and sent when nothing else is: it is longer than one write.
g=$(log bbs)
wait
out "$g"
say done $v
