#!/usr/bin/env bash
# Prints the path of NVIDIA's assembler: the one on the PATH, or that of Debian's CUDA package, unpacked into a cache
# (84 MB once; nothing is installed, and the machine's package sources stay as they are).
set -euo pipefail
command -v ptxas && exit
cache="${XDG_CACHE_HOME:-$HOME/.cache}/iikernel/ptxas"
if [ ! -x "$cache/ptxas" ]; then
  mirror=$(bash "$(dirname "$0")/debian-mirror.sh")
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$cache"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm non-free" > "$work/sources.list"
  options=(-qq -o APT::Sandbox::User=root -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache")
  apt-get "${options[@]}" update >&2
  (cd "$work" && apt-get "${options[@]}" download nvidia-cuda-toolkit >&2 2> /dev/null && dpkg -x nvidia-cuda-toolkit_*.deb unpacked)
  install -m 755 "$work/unpacked/usr/bin/ptxas" "$cache/ptxas"
fi
echo "$cache/ptxas"
