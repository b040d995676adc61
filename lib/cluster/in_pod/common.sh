# Sent before every script. POSIX sh; what is sent travels in a URL, so it is kept short: the build strips
# comments and indentation. Called as `sh -c SCRIPT NAME VERSION ARGUMENT=VALUE...`; arguments become variables.
# `limit` is the time that one question may take, in seconds; `V` the folder in which BOSH keeps jobs and logs.
v=$1
shift
for i; do eval "${i%%=*}=\${i#*=}"; done
W=$limit
export LC_ALL=C
# bounded SECONDS PROGRAM ...: exit status 137 when the time was up. Without timeout nobody is asked: what a shell could
# do in its place leaves the children of a program behind.
timeout 1 true||exit
bounded() { timeout -s KILL "$@"; }
# say PART STATUS TEXT: one answer between sentinels, in one write, so that parallel answers do not mix: a printf
# of bash would write line by line, cat does not.
say() {
    t=$3
    [ ${#t} -lt 3000 ] || t=$(printf %.3000s "$t")
    cat <<E

<cfee:$1 $2>
$t
</cfee>
E
}
# connect HOST PORT [COMMANDS]: sets t (what was printed), r (exit status) and n (the tool). nc's -w does not bound the
# look-up of a name, hence the second limit; where nc is missing or knows no -z, bash has /dev/tcp, and so where bash
# is to run COMMANDS once it is open, as descriptor 3.
connect() {
    n=nc
    [ "$3" ] || t=$(bounded $((W+1)) nc -zv -w $W "$1" "$2" 2>&1 </dev/null)
    r=$?
    case "$3$r $t" in
    [!0-9]*|126*|127*|*"d option"*|*sage:*|*pplet*)
        n=bash
        t=$(bounded $W bash -c "exec 3<>/dev/tcp/\$0/\$1||exit;$3" "$1" "$2" 2>&1 </dev/null)
        r=$?
        ;;
    esac
}
