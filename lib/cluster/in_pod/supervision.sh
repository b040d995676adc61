# In BBS pods in which no BBS seems to run: is there no such process, and would monit start it again? Nothing but
# `summary` is asked of monit.
# processes: the numbers of those of the BBS, but for those that have ended and wait to be reaped. The status says
# whether others' processes are shown at all.
processes() {
    e=hidden
    i=
    read -r s </proc/1/stat && e=0
    for d in /proc/[0-9]*; do
        read -r s <$d/stat && case $s in
        "${d##*/} (bbs) "[!ZX]*) i="$i ${d##*/}" ;;
        esac
    done
    say processes $e "$i"
} 2>/dev/null
# health: the address that the configuration names, else the usual one.
health() {
    f=$V/jobs/bbs/config/bbs.json
    q=$(setting health_address '[A-Za-z0-9.-]*:[0-9]+')
    h=${q%:*}
    p=${q##*:}
    case $h in
    ''|0.0.0.0) h=127.0.0.1 ;;
    esac
    connect $h ${p:-8890}
    say health "$r $n" "$t"
}
summary() {
    m=$V/bosh/bin/monit
    [ -x $m ] || m=monit
    t=$(bound $W $m summary 2>&1)
    say monit $? "$t"
}
processes &
health &
summary &
wait
say done $v
