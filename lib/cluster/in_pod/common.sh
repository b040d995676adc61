# Sent before every script. POSIX sh; what is sent travels in a URL, so it is kept short: the build strips
# comments and indentation. Called as `sh -c SCRIPT NAME VERSION ARGUMENT=VALUE...`; arguments become variables.
# `limit` is the time that one question may take, in seconds.
v=$1
shift
for i; do eval "${i%%=*}=\${i#*=}"; done
W=$limit
export LC_ALL=C
# bounded SECONDS PROGRAM ...: exit status 137 when the time was up.
if timeout 1 true 2>/dev/null; then
    bounded() { timeout -s KILL "$@"; }
else
    bounded() {
        s=$1
        shift
        "$@" &
        p=$!
        (sleep "$s"; kill -9 $p) >/dev/null 2>&1 &
        k=$!
        wait $p
        s=$?
        kill $k
        return $s
    }
fi
# say PART STATUS TEXT: one answer between sentinels, in one write, so that parallel answers do not mix: a printf
# of bash would write line by line, cat does not.
say() {
    cat <<E

<cfee:$1 $2>
$(printf %.3000s "$3")
</cfee>
E
}
# connect HOST PORT: sets t (what was printed), r (exit status) and n (the tool). nc's -w does not bound the
# look-up of a name, hence the second limit; where nc is missing or knows no -z, bash has /dev/tcp.
connect() {
    n=nc
    t=$(bounded $((W + 1)) nc -zv -w $W "$1" "$2" 2>&1 </dev/null)
    r=$?
    case "$r $t" in
    126*|127*|*"invalid option"*|*"nrecognized option"*|*"sage:"*|*"pplet not found"*)
        n=bash
        t=$(bounded $W bash -c 'exec 3<>/dev/tcp/$0/$1' "$1" "$2" 2>&1 </dev/null)
        r=$?
        ;;
    esac
}
