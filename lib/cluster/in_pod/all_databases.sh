# In BBS and Locket pods where a look shows need. jobs: those whose database is to be asked.
for i in $jobs; do
    address $i && [ -n "$a" ] && answer $i "${a%:*}" "${a##*:}" $m &
done
wait
say done $v
