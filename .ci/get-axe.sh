#!/usr/bin/env bash
# Prints the path of axe-core's script (MPL-2.0; a test reads it, nothing ships it), from the npm registry into a cache.
set -euo pipefail
version=4.14.1
cache="${XDG_CACHE_HOME:-$HOME/.cache}/iikernel/axe-$version"
if [ ! -s "$cache/axe.min.js" ]; then
  command -v npm > /dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends npm; } > /dev/null 2>&1
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "axe-core@$version" > /dev/null && tar -xzf "axe-core-$version.tgz")
  mkdir -p "$cache"
  install -m 644 "$work/package/axe.min.js" "$cache/axe.min.js"
fi
echo "$cache/axe.min.js"
