# What a process's own stacks say of the lock: who waits for Locket, and which of Locket's requests wait for the
# database where a hang waits, not where a slow query does. The dump itself stays in the pod. Sent behind debug.
# stacks JOB PORT: asks at that port where the configuration names no other address. The status says how the
# question ended. Printed are: how many goroutines there are; whether migration.Manager.Run stands there (as in a BBS
# that serves, too); the processes of that name with their starts, since the numbers of goroutines begin anew with
# each; lock: the numbers of those that wait for Locket's answer to Lock; wait: of those of Locket's Lock requests
# that wait for the database as in a hang; outside: how many more of these requests there are, without those in line
# for a connection of a full pool.
stacks() {
    if ! debug $1 $2; then
        say stacks-$1 absent
        return
    fi
    i=
    for d in /proc/[0-9]*; do
        read -r c <$d/comm && [ "$c" = $1 ] && i=$i,${d##*/}:$(cut -d ' ' -f 22 $d/stat)
    done 2>/dev/null
    t=$(profile $g | awk -v i=$i '
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
