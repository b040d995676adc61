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
# database JOB: the way to it. MySQL counts each connection that ends before the handshake does, as nc's would, and
# shuts the pod out after max_connect_errors of them: there the handshake is ended, as in database_answer, but its two
# replies are sent unasked, and what comes is read until it hangs up.
database() {
    if ! address $1; then
        say database-$1 absent
    elif [ "$a" ]; then
        e=
        [ $d = 5432 ] || e='exec 2>&-
(printf "\55\0\0\1\0\202\0\0\0\0\0\1!"
head -c23 /dev/zero
printf "cfee-stager\0\0\0\0\0\3")>&3
read -t1 -N999 -u3
:'
        connect ${a%:*} ${a##*:} "$e"
        say database-$1 "$r $n" "$a
$t"
    else
        say database-$1 unreadable
    fi
}
# older COMMAND...: the lines that tell, of those that it prints, behind a line of its own; nothing where it does not
# end well, since old events without those in between would be taken for the last ones.
older() {
    t=$({
        bound 1 "$@" 2>&-
        out "" "end $?"
    } | cut -c1-400 | grep -E "$p|^end" | tail -n99)
    [ "$t" = "${t%end 0}" ] || out "$t"
}
# log JOB: the lines that tell of locks, migrations and failures. Apart from them, since newer code logs one a second,
# the last failed attempts for the lock, the lock's last losses, and the last lines in which its client speaks of TLS,
# not a server of whoever calls it: from the end on, as many of each kind as count. What is older than the end of a
# long log is looked up in the whole of it, and where that has no start in the one before it.
log() {
    f=$V/sys/log/$1/$1.stdout.log
    [ -f $f ] || {
        say log-$1 absent
        return
    }
    p="\"$1.(start|exit|lock.lock.a|locket-lock.[^f]|migration|tls|invalid|sql|failed)"
    e=${f%out.log}err.log
    w=.
    # Standard error with it: a program less to start. Where that is a lot, how much of it is the log's own?
    l=$(bound $W tail -qc 300000 $f $e 2>&-)
    s=0
    [ ${#l} -lt 200000 ] || s=$(($(bound $W wc -c <$f)-200000))
    [ $s -le 0 ] || {
        w=$(older head -c $s $f)
        l=$(bound $W tail -c +$((s+1)) $f; bound $W tail -c 200000 $e 2>&-)
    }
    [ -z "$w" ] || case $w$l in
    *\"$1.start*) ;;
    *) x=$(older gzip -dc $f.1.gz; older cat $f.1) ;;
    esac
    out "" "<cfee:log-$1 0>"
    out "$x" "$w" "$l" | awk -v p="$p" '
        {l[NR]=$0}
        END{
            while(NR){
                $0=l[NR--]
                if(!/Server.Serve|: EOF$/&&($0~p&&i++<30)+(/failed-(to-acq|lock|upd)/&&j++<2)+(/lost-lock/&&k++<20)+(/(locket|transport|grpc).*(x509|tls: |handshake f)/&&m++<2)){
                    gsub("//[^/@ ]*@","//@")
                    o=substr($0,1,400)"\n"o}}
            printf "%s",o
        }'
    echo '</cfee>'
}
