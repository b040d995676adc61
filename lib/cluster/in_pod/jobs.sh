# Sent before the scripts for BBS and Locket pods, behind addresses: what is asked of either job.
# port JOB PORT
port() {
    if [ -d $V/jobs/$1 ]; then
        connect 127.0.0.1 $2
        say port-$1 "$r $n" "$t"
    else
        say port-$1 absent
    fi
}
# database JOB
database() {
    if ! address $1; then
        say database-$1 absent
    elif [ -n "$a" ]; then
        connect "${a%:*}" "${a##*:}"
        say database-$1 "$r $n" "$a
$t"
    else
        say database-$1 unreadable
    fi
}
# log JOB: the lines that tell of locks, migrations and failures. Apart from them, since newer code logs one a second,
# the last failed attempts for the lock, and the last lines about certificates, which may be very many; not those of
# a server about whoever calls it, nor those that checks of ports cause.
log() {
    f=$V/sys/log/$1/$1.stdout.log
    if [ -f $f ]; then
        e=
        l=$(bounded $W tail -c 200000 $f | grep -v ': EOF$')
        a=$(printf '%s\n' "$l" | grep -nE '"(bbs|locket)[.](starting|started|exited|lock|migration-manager|tls|invalid|sql|shutting|failed)|panic')
        printf '\n<cfee:log-%s 0>\n' $1
        {
            printf '%s\n' "$a" | grep -vE 'failed-(to-acq|lock|upd)|[.]lock[.]lock' | tail -n 30
            printf '%s\n' "$a" | grep -E 'failed-(to-acq|lock|upd)' | tail -n 2
            [ ! -f ${f%out.log}err.log ] || e=$(bounded $W tail -c 200000 ${f%out.log}err.log)
            printf '%s\n' "$l" "$e" | grep -nE 'x509|certificate|tls: |handshake failed' | grep -vE 'Server[.]Serve|error from' | tail -n 2
        } | sort -nu | sed 's/^[0-9]*://;s#://[^/@ ]*@#://@#g' | cut -c1-400
        echo '</cfee>'
    else
        say log-$1 absent
    fi
}
