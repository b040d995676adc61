# Sent before every script. POSIX sh; what is sent travels in a URL, so it is kept short: the build strips
# comments and indentation. Called as `sh -c SCRIPT NAME VERSION ARGUMENT=VALUE...`; arguments become variables.
# `limit` is the time that one question may take, in seconds; `V` the folder in which BOSH keeps jobs and logs.
v=$1
shift
for i; do eval "${i%%=*}=\${i#*=}"; done
W=$limit
export LC_ALL=C
exec </dev/null
# bound SECONDS PROGRAM ...: exit status 137 when the time was up. Without timeout nobody is asked: what a shell could
# do in its place leaves the children of a program behind. The first that it bounds is the pod's clock, c.
c=$(timeout 1 date -u +%s)||exit
bound() { timeout -s 9 "$@"; }
out() { printf '%s\n' "$@"; }
# say PART STATUS TEXT: one answer between sentinels, in one write, so that parallel answers do not mix. Dash's printf
# does that; bash's would write line by line, and others' by what their buffer holds: there cat does.
say() {
    t=$3
    [ ${#t} -lt 3000 ] || t=$(printf %.3000s "$t")
    t="
<cfee:$1 $2>
$t
</cfee>"
    [ /proc/$$/exe -ef /bin/dash ] && out "$t" || cat <<E
$t
E
}
# connect HOST PORT [COMMANDS]: sets t (what was printed), r (exit status) and n (the tool). nc's -w does not bound the
# look-up of a name, hence the second limit; where nc is missing or knows no -z, bash has /dev/tcp, and so where bash
# is to run COMMANDS once it is open, as descriptor 3.
connect() {
    n=nc
    [ "$3" ] || t=$(bound $((W+1)) nc -zv -w $W "$1" "$2" 2>&1)
    r=$?
    case "$3$r $t" in
    [!0-9]*|126*|127*|*"d option"*|*sage:*|*pplet*)
        n=bash
        t=$(bound $W bash -c "exec 3<>/dev/tcp/\$0/\$1||exit;$3" "$1" "$2" 2>&1)
        r=$?
        ;;
    esac
}
