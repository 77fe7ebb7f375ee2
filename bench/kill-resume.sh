#!/usr/bin/env bash
# Kills a run at random moments and lets it go on: every time the files must be those of an undisturbed run, to the byte.
# usage: kill-resume.sh [TIMES] [DRAWS] [OPTION ...]     (after dotnet build -c Release)
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
times="${1:-50}"
draws="${2:-300000}"
shift $(($# < 2 ? $# : 2))
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
run=(dotnet "$root/src/IIKernel.Cli/bin/Release/net10.0/IIKernel.Cli.dll" run --draws "$draws" --quiet --checkpoint-every 0.2 "$@")

started=$(date +%s%N)
"${run[@]}" --out one
length=$((($(date +%s%N) - started) / 1000000))
killed=0 resumed=0 same=0
for ((i = 1; i <= times; i++)); do
  rm -rf again again.checkpoint*
  "${run[@]}" --out again & process=$!
  moment=$((RANDOM * 32768 % length + RANDOM % 100))
  sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
  if kill -9 "$process" 2> /dev/null; then killed=$((killed + 1)); fi
  wait "$process" 2> /dev/null || true
  if [ -e again.checkpoint ]; then resumed=$((resumed + 1)); fi
  "${run[@]}" --out again --resume
  ok=1
  for file in one/*; do
    case "$file" in */run.json) continue ;; esac
    cmp -s "$file" "again/${file#one/}" || ok=0
  done
  [ ! -e again.checkpoint ] || ok=0
  same=$((same + ok))
done
echo "$draws draws, $length ms undisturbed: $killed of $times killed, $resumed of them after a save; $same of $times ended in the same bytes"
[ "$same" = "$times" ]
