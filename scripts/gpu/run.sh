#!/bin/sh
# sh run.sh OUT [stages of run.mjs...]: unpacks this kit beside itself or into $BRAVAIS_GPU_WORK, makes a Vulkan loader
# available, and tests and measures Bravais; JSON goes to OUT.
set -eu
kit=$(cd "$(dirname "$0")" && pwd)
out=${1:?"sh run.sh OUT [stages]: expected a folder for the results, got none"}
shift
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=${BRAVAIS_GPU_WORK:-$kit/unpacked}
mkdir -p "$work"

unpack() {
  [ -e "$work/$1.done" ] && return
  tar -xJf "$kit/$1.tar.xz" -C "$2" 2>/dev/null ||
    python3 -c 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])' "$kit/$1.tar.xz" "$2"
  touch "$work/$1.done"
}
mkdir -p "$work/node" "$work/workspace"
unpack node "$work/node"
unpack workspace "$work/workspace"
unpack modules "$work/workspace"

# The loader goes beside the system's libraries only where that lacks one.
if ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q 'libvulkan\.so\.1'; then
  mkdir -p "$work/loader"
  for package in "$kit"/loader/*.deb; do dpkg -x "$package" "$work/loader"; done
  export LD_LIBRARY_PATH="$work/loader/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
# Containers get the vendor's driver mounted where a loader does not look.
mounted=/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json
if [ -z "${VK_DRIVER_FILES:-}" ] && [ -e "$mounted" ]; then export VK_DRIVER_FILES="$mounted"; fi

export PATH="$work/node/bin:$PATH"
cd "$work/workspace"
exec node scripts/gpu/run.mjs "$out" "$@"
