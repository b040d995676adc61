# In BBS and Locket pods where a look shows need. jobs: those whose database is to be asked.
for i in $jobs; do
    m=mysql
    address $i && [ -n "$a" ] && {
        case $v in
        postgres*) m=postgres ;;
        esac
        answer $i "${a%:*}" "${a##*:}" $m
    } &
done
wait
say done $v
