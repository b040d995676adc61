# For the evidence: the whole profile of the process of `job`, whose usual port is `port`.
if ! debug $job $port; then
    echo "there is no $job in this pod" >&2
    exit 1
fi
t=$(profile $g)
e=${t##*
}
case $e in
"ended 0 "*) printf '%s\n' "${t%
*}" ;;
"ended "*)
    echo "the debug server at $g left no profile: status ${e#ended }" >&2
    exit 1
    ;;
*)
    echo "the profile is longer than 4 MB" >&2
    exit 1
    ;;
esac
