#!/usr/bin/env bash
# Runs a command where OpenCL works on the processor: in a small Debian 13 tree with PoCL 6, made once in a cache, that
# sees this machine's SDK, packages and current folder. Debian 12's PoCL 3.1 lacks what ILGPU asks for. Needs root.
#   with-opencl.sh dotnet --info
# Exit code 75: it cannot be had here; the reason is on standard error. IIKERNEL_* variables are handed on.
set -euo pipefail
unavailable() { echo "OpenCL on the processor: $1" >&2; exit 75; }
[ "$(id -u)" = 0 ] || unavailable "needs root"
root="${IIKERNEL_OPENCL_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/iikernel/opencl-root}"
if [ ! -e "$root/.ready" ]; then
  export DEBIAN_FRONTEND=noninteractive
  command -v debootstrap > /dev/null \
    || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } > /dev/null 2>&1 \
    || unavailable "no debootstrap"
  mirror=$(bash "$(dirname "$0")/debian-mirror.sh" 2> /dev/null) || unavailable "no Debian 12 mirror to take Debian 13 from"
  rm -rf "$root"
  mkdir -p "$root"
  debootstrap --variant=minbase trixie "$root" "$mirror" > /dev/null || unavailable "debootstrap failed"
  cp /etc/resolv.conf "$root/etc/resolv.conf" 2> /dev/null || true
  chroot "$root" apt-get update -qq || unavailable "no package lists"
  chroot "$root" apt-get install -y -qq --no-install-recommends pocl-opencl-icd ocl-icd-libopencl1 > /dev/null 2>&1 || unavailable "no PoCL"
  chroot "$root" apt-get clean
  touch "$root/.ready"
fi
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
folders=("$sdk" "$packages" "$PWD" /dev)
[ -z "${IIKERNEL_STUDIES:-}" ] || folders+=("$(dirname "$IIKERNEL_STUDIES")")
variables=()
while IFS= read -r name; do variables+=("$name=${!name}"); done < <(compgen -e IIKERNEL_ || true)
for folder in "${folders[@]}"; do mkdir -p "$root$folder"; done
# In a mount namespace of its own, so that the mounts vanish with the process.
exec unshare -m bash -c '
  root=$1 here=$2 sdk=$3 packages=$4 count=$5
  shift 5
  for folder in "${@:1:count}"; do mount --rbind "$folder" "$root$folder"; done
  shift "$count"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  # PoCL links kernels with ld, which must be on the PATH.
  exec chroot "$root" env -i HOME=/root TMPDIR=/tmp PATH="/usr/sbin:/usr/bin:/sbin:/bin:$sdk" \
    DOTNET_ROOT="$sdk" NUGET_PACKAGES="$packages" \
    DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=0 POCL_CACHE_DIR=/tmp/pocl \
    sh -c "cd \"\$0\" && exec env \"\$@\"" "$here" "$@"' \
  _ "$root" "$PWD" "$sdk" "$packages" "${#folders[@]}" "${folders[@]}" "${variables[@]}" "$@"
