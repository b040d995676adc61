#!/bin/bash
# monit unmonitor, then every job: TERM, up to KILL_WAIT seconds (20 in a real one), KILL. All of them side by side.
touch /var/vcap/monit/unmonitored
for f in /var/vcap/monit/*.pid; do
  (
    p=$(cat "$f") || exit 0
    kill -TERM "$p" 2>/dev/null || exit 0
    for _ in $(seq $((${KILL_WAIT:-20} * 10))); do
      state=$(sed 's/.*) //' "/proc/$p/stat" 2>/dev/null | cut -c1)
      [ -n "$state" ] && [ "$state" != Z ] || exit 0
      sleep 0.1
    done
    kill -KILL "$p" 2>/dev/null
  ) &
done
wait
exit 0
