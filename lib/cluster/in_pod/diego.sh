# In a BBS or Locket pod: what BBS, Locket and their databases look like from inside. Nothing here changes
# anything. Passwords stay here: of a connection string only what is HOST:PORT and nothing else is printed.
V=/var/vcap
ping() {
    f=$V/jobs/global-properties/bin/readiness/diego-api
    if [ -x $f ]; then
        t=$(bounded $W $f 2>&1 >/dev/null </dev/null)
        say ping $? "$t"
    else
        say ping absent
    fi
}
# port JOB PORT
port() {
    if [ -d $V/jobs/$1 ]; then
        connect 127.0.0.1 $2
        say port-$1 "$r $n" "$t"
    else
        say port-$1 absent
    fi
}
locks() {
    f=$V/jobs/cfdot/bin/setup
    if [ -r $f ]; then
        t=$(bounded $W bash -c '. $0;cfdot locks' $f 2>&1 </dev/null)
        say locks $? "$t"
    else
        say locks absent
    fi
}
# database JOB: postgres://USER:PASSWORD@HOST:PORT/... or USER:PASSWORD@tcp(HOST:PORT)/..., and nothing else
database() {
    f=$V/jobs/$1/config/$1.json
    if [ ! -e $f ]; then
        say database-$1 absent
        return
    fi
    v=
    [ ! -f $f ] || v=$(bounded $W sed -nE 's/.*"database_connection_string" *: *"(([^"\\]|\\.)*)".*/\1/p' $f | head -n 1)
    a=
    d=5432
    # What stands before the first colon tells a URL and a DSN from a list of settings, in which anything may stand.
    case ${v%%:*} in
    postgres | postgresql)
        a=${v#*://}
        e=${a#"${a%%[/?#]*}"}
        a=${a%%[/?#]*}
        # An @ behind the address: then it was not the address, but a password with a slash in it.
        case $e in
        *@*) a= ;;
        esac
        case $a in
        *@*) a=${a##*@} ;;
        *) a= ;;
        esac
        ;;
    *=*) ;;
    *)
        case ${v##*@tcp(} in
        "$v" | *@*) ;;
        *\)/*)
            a=${v##*@tcp(}
            a=${a%%)*}
            d=3306
            ;;
        esac
        ;;
    esac
    case $a in
    *:* | '') ;;
    *) a=$a:$d ;;
    esac
    case ${a%:*} in
    *[!A-Za-z0-9.-]*) a= ;;
    esac
    case ${a##*:} in
    *[!0-9]* | '' | ??????*) a= ;;
    esac
    if [ -n "$a" ]; then
        connect "${a%:*}" "${a##*:}"
        say database-$1 "$r $n" "$a
$t"
    else
        say database-$1 unreadable
    fi
}
# log JOB: the lines that tell of locks, migrations and failures, and the last ones about certificates, which may
# be very many; not those that checks of ports cause.
log() {
    f=$V/sys/log/$1/$1.stdout.log
    if [ -f $f ]; then
        e=
        l=$(bounded $W tail -c 200000 $f | grep -v ': EOF$')
        printf '\n<cfee:log-%s 0>\n' $1
        {
            printf '%s\n' "$l" | grep -nE '"(bbs|locket)[.](starting|started|exited|locket-lock|migration-manager|tls|invalid|sql|shutting|failed)|panic' | tail -n 30
            [ ! -f ${f%out.log}err.log ] || e=$(bounded $W tail -c 200000 ${f%out.log}err.log)
            printf '%s\n' "$l" "$e" | grep -nE 'x509|bad certificate|expired' | tail -n 2
        } | sort -n | sed 's/^[0-9]*://;s#://[^/@ ]*@#://@#g' | cut -c1-400
        echo '</cfee>'
    else
        say log-$1 absent
    fi
}
say clock "$(date -u +%s)"
ping &
locks &
port bbs 8889 &
port locket 8891 &
database bbs &
database locket &
# Read meanwhile, and sent when nothing else is: they are longer than one write.
g=$(
    log bbs
    log locket
)
wait
printf '%s\n' "$g"
say done 0
