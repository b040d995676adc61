# answer JOB HOST PORT postgres|mysql: asks a database in its own language, as far as nobody needs a password: a
# proxy that accepts connections, or a frozen database, says nothing then. The status says how that ended (7: no
# connection, 1: hung up, 137: time was up) and what was asked. The text is "open" once there is a connection, then what
# came, a line for each piece, bytes that are not printable as \ooo.
# The name cfee-stager stands for nobody: no name or password of the configuration is sent, and no error quotes one.
# PostgreSQL logs nothing of a client that has read that it is asked for a password, and leaves. MySQL counts
# each one that leaves after its greeting, also with COM_QUIT, and after max_connect_errors of them shuts out the
# client's address, BBS and Locket with it (tried: after 3 of 3). One that ends the handshake and is told 1045, access
# denied, does not count for that: hence the reply to the greeting, and to a change of the method (254).
answer() {
    t=$(bound $W bash -c '{ exec 3<>/dev/tcp/$0/$1;} 2>&1||exit 7
echo open
get(){
o= b=()
for((i=0;i<$1&&i<300;i++));do
IFS= read -rd "" -n1 c<&3||exit 1
printf -v v %d "\"$c"
((v&=255,v>31&&v<127&&v-92))||printf -v c "\\\\%03o" $v
o+=$c
b+=($v)
done
echo "$o"
}
packet(){
get 4
get $((b+b[1]*256))
}
if [ $2 = mysql ];then
packet
if((b==10));then
{ printf "\55\0\0\1\0\202\0\0\0\0\0\1!";printf "\0%.0s" {1..23};printf "cfee-stager\0\0";}>&3
packet
((b-254))||{ printf "\0\0\0\3">&3;packet;}
fi
else
printf "\0\0\0\54\0\3\0\0user\0cfee-stager\0database\0postgres\0\0">&3
get 5
get $((b[3]*256+b[4]-4))
fi
exit 0' $2 $3 $4 2>/dev/null)
    say answer-$1 "$? $4" "$t"
}
