#!/bin/bash
# What fissile's run.sh does, as far as the stage needs it: writes the jobs' configuration, then hands over to "monit".
set -e
echo "Starting role $1 as $HOSTNAME"
/opt/stage/render "$1"
exec /opt/fissile/monit
