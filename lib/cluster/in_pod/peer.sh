# peer JOB PORT: to whose PORT a job's process is connected, as /proc/net/tcp has it, each once. Nothing where
# there is no such process, or where its sockets are not shown. Behind a service this is the service's address.
peer() {
    for d in /proc/[0-9]*; do
        read -r c <$d/comm && [ "$c" = $1 ] && ls -l $d/fd/
    done 2>/dev/null | {
        t=$(cat - /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p=:$(printf %04X $2) '
            match($0,/socket:\[[0-9]+/){
                s[substr($0,RSTART+8,RLENGTH-8)]
                next
            }
            $4=="01"&&$10 in s&&substr($3,length($3)-4)==p&&!n[$3]++{printf " %s",$3}')
        say peer-$1 0 "$t"
    }
}
