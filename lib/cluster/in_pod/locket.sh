# In a pod in which Locket runs: its own one, or a BBS pod where a look shows need.
say clock $c
port locket 8891 &
database locket &
g=$(log locket)
wait
out "$g"
say done $v
