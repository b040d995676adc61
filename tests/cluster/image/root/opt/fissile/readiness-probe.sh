#!/bin/bash
# As fissile's of 2018-05 to 2019-02: (1) all jobs run, (2) the role's readiness commands, (3) the active-passive probe, whose
# result is written into the pod's own label. Where (1) or (2) fails the label keeps its old value (fissile#466), unless
# PROBE_EDITION is 2019. A patch that is refused does not make the pod unready.
label() {
  [ -n "$FISSILE_ACTIVE_PASSIVE_PROBE" ] || return 0
  local d=/var/run/secrets/kubernetes.io/serviceaccount
  curl --silent --fail --max-time 5 --output /dev/null --cacert $d/ca.crt -H "Authorization: Bearer $(cat $d/token)" -X PATCH \
    -H 'Content-Type: application/merge-patch+json' -d '{"metadata":{"labels":{"skiff-role-active":"'"$1"'"}}}' \
    "https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT/api/v1/namespaces/$KUBERNETES_NAMESPACE/pods/$HOSTNAME" || true
}
unready() { [ "$PROBE_EDITION" != 2019 ] || label false; exit 1; }
for job in $MONIT_JOBS; do
  state=$(sed 's/.*) //' "/proc/$(cat /var/vcap/monit/$job.pid 2>/dev/null)/stat" 2>/dev/null | cut -c1)
  [ -n "$state" ] && [ "$state" != Z ] || unready
done
for command in "$@"; do timeout 4 bash -c "$command" >/dev/null 2>&1 || unready; done
if [ -n "$FISSILE_ACTIVE_PASSIVE_PROBE" ]; then
  if timeout 4 "$FISSILE_ACTIVE_PASSIVE_PROBE" >/dev/null 2>&1; then label true; else label false; fi
fi
exit 0
