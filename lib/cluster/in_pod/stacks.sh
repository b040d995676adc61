# What a process's own stacks say of the lock: who waits for Locket, and which of Locket's requests wait for the
# database where a hang waits, not where a slow query does. Of the debug server only the profile of goroutines is
# read: some of its other addresses change state. The dump itself stays in the pod.
V=/var/vcap
# profile ADDRESS: the dump, at most 4 MB of it; then how it ended, on a line that is missing where it was longer.
# Bash speaks HTTP/1.0, so that it meets no chunks.
profile() {
    {
        u=/debug/pprof/goroutine?debug=2
        n=curl
        bounded $W curl -qfs --noproxy \* "http://$1$u"
        e=$?
        case $e in
        126 | 127)
            n=bash
            bounded $W bash -c '{ exec 3<>/dev/tcp/${0%:*}/${0##*:};} 2>&1||exit 7
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
# stacks JOB PORT: asks at that port where the configuration names no other address. The status says how the
# question ended. Printed are: how many goroutines there are; whether migration.Manager.Run stands there (as in a BBS
# that serves, too); the processes of that name with their starts, since the numbers of goroutines begin anew with
# each; lock: the numbers of those that wait for Locket's answer to Lock; wait: of those of Locket's Lock requests
# that wait for the database as in a hang; outside: how many more of these requests there are, without those in line
# for a connection of a full pool.
stacks() {
    if [ ! -d $V/jobs/$1 ]; then
        say stacks-$1 absent
        return
    fi
    f=$V/jobs/$1/config/$1.json
    a=
    [ ! -f $f ] || a=$(bounded $W sed -nE 's/.*"debug_address" *: *"([A-Za-z0-9.-]*:[0-9]+)".*/\1/p' $f | head -n 1)
    h=${a%:*}
    p=${a##*:}
    i=
    for d in /proc/[0-9]*; do
        read -r c <$d/comm && [ "$c" = $1 ] && i=$i,${d##*/}:$(cut -d ' ' -f 22 $d/stat)
    done 2>/dev/null
    t=$(profile ${h:-127.0.0.1}:${p:-$2} | awk -v i=$i '
        function has(s){return index(r,"\n" s "(")}
        function any(p,s,o){return has(p s)||has(p o)}
        BEGIN{C="code.cloudfoundry.org/";G="github.com/"}
        /^ended /{
            if(r=="")e=substr($0,7)
            next
        }
        $0!=""{
            if(r=="")h=$0
            r=r "\n" $0
            l=$0
            next
        }
        h~/^goroutine [0-9]+ \[/{
            n++
            z=l~/^\t/
            split(h,g," ")
            if(h~/\[select/&&has(C "locket/models.(*locketClient).Lock")&&has(C "locket/lock.(*lockRunner).Run"))a=a "," g[2]
            if(has(C "bbs/migration.Manager.Run"))m=1
            if(has(C "locket/handlers.(*locketHandler).Lock")){
                if(h~/\[IO wait/&&has("net.(*conn).Read")&&(any(G "lib/pq.(*conn).","startup","Begin")||any(G "jackc/pgx.(*Conn).","connect","BeginEx")||any(G "go-sql-driver/mysql.(*mysqlConn).","Begin","readInitPacket")))b=b "," g[2]
                else if(!index(r,h "\ndatabase/sql.(*DB).conn("))o++
            }
            r=h=""
        }
        r!=""{
            x=l
            r=""
        }
        END{
            if(e!~/^0 /)print (e?e:"cut") ";" x
            else if(!z||x!="")print "garbled;" x
            else print e ";total=" n " migrates=" m+0 " processes=" i " lock=" a " wait=" b " outside=" o+0 " end"}')
    say stacks-$1 "${t%%;*}" "${t#*;}"
}
