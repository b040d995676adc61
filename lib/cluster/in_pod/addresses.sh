# Where a job's database is. Nothing here changes anything. Passwords stay here: of a
# connection string only what is HOST:PORT and nothing else is printed.
# setting NAME PATTERN: what the configuration in f says; the whole value is such a pattern.
setting() {
    bound $W sed -nE "/.*\"$1\" *: *\"($2)\".*/{s//\\1/p;q;}" $f 2>&-
}
# address JOB: postgres://USER:PASSWORD@HOST:PORT/... or USER:PASSWORD@tcp(HOST:PORT)/..., and nothing else, becomes a,
# HOST:PORT, empty where it cannot be read. Fails where there is no such job.
address() {
    f=$V/jobs/$1/config/$1.json
    [ -e $f ] || return
    v=$(setting database_connection_string '([^"\\]|\\.)*')
    a=
    d=5432
    # What stands before the first colon tells a URL and a DSN from a list of settings, in which anything may stand.
    case ${v%%:*} in
    postgres|postgresql)
        a=${v#*://}
        e=${a#"${a%%[/?#]*}"}
        a=${a%%[/?#]*}
        # An @ behind the address: then it was not the address, but a password with a slash in it.
        case $e/$a in
        *@*/*) a= ;;
        */*@*) a=${a##*@} ;;
        *) a=
        esac
        ;;
    *=*) ;;
    *)
        case ${v##*@tcp(} in
        "$v"|*@*) ;;
        *\)/*)
            a=${v##*@tcp(}
            a=${a%%)*}
            d=3306
            ;;
        esac
        ;;
    esac
    case $a in
    *:*|'') ;;
    *) a=$a:$d
    esac
    case ${a%:*}/${a##*:} in
    *[!A-Za-z0-9.-]*/*|*/*[!0-9]*|*/|*/??????*) a=
    esac
}
