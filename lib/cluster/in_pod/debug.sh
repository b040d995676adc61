# The debug server of a job's process. Of it only the profile of goroutines is read: some of its other addresses change
# state.
# profile ADDRESS: the dump, at most 4 MB of it; then how it ended, on a line that is missing where it was longer.
# Bash speaks HTTP/1.0, so that it meets no chunks.
profile() {
    {
        u=/debug/pprof/goroutine?debug=2
        n=curl
        bound $W curl -qfs --noproxy \* "http://$1$u"
        e=$?
        case $e in
        126 | 127)
            n=bash
            bound $W bash -c '{ exec 3<>/dev/tcp/${0%:*}/${0##*:};} 2>&1||exit 7
printf "GET $1 HTTP/1.0\r\n\r\n">&3
read -r a s a<&3
[ "$s" = 200 ]||exit 22
while read -r a<&3&&[[ $a = *:* ]];do :;done
exec cat<&3' $1 $u
            e=$?
            ;;
        esac
        printf '\nended %s\n' "$e $n"
    } 2>/dev/null | head -c 4000000
}
# debug JOB PORT: g becomes its address, at that port where the configuration names no other one. Fails where there is no
# such job.
debug() {
    [ -d $V/jobs/$1 ] || return 1
    f=$V/jobs/$1/config/$1.json
    g=
    [ ! -f $f ] || g=$(bound $W sed -nE 's/.*"debug_address" *: *"([A-Za-z0-9.-]*:[0-9]+)".*/\1/p' $f | head -n 1)
    h=${g%:*}
    p=${g##*:}
    g=${h:-127.0.0.1}:${p:-$2}
}
