# Sourced by tests/run and tests/rehearse: where things are, what they need, and how they are built.
CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/cfee-stager
# One folder a checkout, so that two of them do not build into each other.
BUILDS=$CACHE/build-$(printf %s "$CHECKOUT" | sha256sum | cut -c1-12)
export CCACHE_DIR=$CACHE/ccache CCACHE_BASEDIR=$CHECKOUT CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=1G

say() { printf '\n== %s\n' "$*" >&2; }

# packages NAME...: installs the Debian packages that are missing.
packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q '^install ok' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || { echo "not root, and these Debian packages are missing: ${missing[*]}" >&2; return 1; }
    say "installing ${missing[*]}"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$CACHE/apt.log" 2>&1 ||
        { tail -n 5 "$CACHE/apt.log" >&2; return 1; }
}

BUILD_PACKAGES=(cmake ninja-build g++ ccache libboost1.81-dev libcxxopts-dev nlohmann-json3-dev librang-dev libmd-dev)

# build NAME OPTIONS...: into $BUILDS/NAME.
build() {
    local folder=$BUILDS/$1
    shift
    mkdir -p "$folder"
    cmake -S "$CHECKOUT" -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DWERROR=ON "$@" >"$folder/cmake.log" 2>&1 ||
        { cat "$folder/cmake.log" >&2; return 1; }
    ninja -C "$folder" >&2
}
