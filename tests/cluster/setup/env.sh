# Sourced by every script here: the names, addresses and folders of this checkout's cluster.
# Two checkouts never meet: folder, network namespace and cgroup carry a key made from the checkout's path.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cfee-stager/cluster
KEY=$(printf %s "$HERE" | sha256sum | cut -c1-8)
RUN=$CACHE/run-$KEY           # everything of one cluster's life; `down` removes it
IN=/run/c                     # the same folder as the cluster's own processes see it: short, so that socket paths fit
NS=cfee-$KEY                  # network namespace
CGROOT=/cfee-$KEY             # cgroup under which all pods live
PKI=$RUN/pki
LOGS=$RUN/logs
hash_of() { (cd "$HERE" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12); }
BIN=$CACHE/bin-$(hash_of modules setup/binaries)                     # built binaries
IMAGES=$CACHE/images-$(hash_of image/packages image/mkimage.py image/pause.c)  # images, but for the stage's own files …
STAGE_TAG=$(hash_of image)                                           # … which are the top layer, named by content
KVER=v1.34.2
NODE=node1
NODE_IP=172.30.0.10           # on bridge node0 inside the namespace
GW_IP=172.30.0.1              # nobody: a neighbour entry that leads nowhere, so packets vanish without an error
POD_CIDR=10.244.0.0/16
SVC_CIDR=10.96.0.0/16
API_SVC_IP=10.96.0.1
DNS_IP=10.96.0.10
PG=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
STAGE=${CFEE_STAGE:-cf}        # the stage that is meant: its namespace has this name
STAGE_RUN=$RUN/stages/$STAGE  # its mark, faults, certificates and processes; made by `stage apply`
USERS="get-only get-exec exec-only operator viewer-no-exec no-delete nobody"

init_pid() { # pid of the cluster's PID 1, seen from outside; only if it is really ours
  local p; p=$(cat "$RUN/init.pid" 2>/dev/null) && [ -n "$p" ] && [ -e "/run/netns/$NS" ] &&
    [ "$(stat -Lc %i "/proc/$p/ns/net" 2>/dev/null)" = "$(stat -Lc %i "/run/netns/$NS")" ] && echo "$p"
}
innet() { nsenter --net="/run/netns/$NS" "$@"; }                            # network namespace only: what a user's kubectl does
inall() { # all of the cluster's namespaces
  local p; p=$(init_pid) || { echo "${0##*/}: the cluster is not up (tests/cluster/up)" >&2; return 1; }
  nsenter -t "$p" --net --mount --pid --uts "$@"
}
# kubectl's HOME must not outlive the cluster: its discovery cache is keyed by host and port only.
kc() { innet env KUBECONFIG="$PKI/${AS:-admin}.kubeconfig" HOME="$RUN/home" "${KUBECTL:-$BIN/kubectl}" "$@"; }
