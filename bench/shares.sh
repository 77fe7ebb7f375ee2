#!/usr/bin/env bash
# What dividing a run takes: processor seconds of one run, of each share and of each merge, shares one after another.
# usage: shares.sh [DRAWS] [SHARES ...]     (after dotnet build -c Release)
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
draws="${1:-4000000}"
shift $(($# < 1 ? $# : 1))
[ $# -gt 0 ] || set -- 4 16
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
program=(dotnet "$root/src/IIKernel.Cli/bin/Release/net10.0/IIKernel.Cli.dll")
asked=(run --draws "$draws" --only coefficients --no-report --quiet)
TIMEFORMAT='%U %S'
code=0

# Processor seconds of a command, whose exit code may be that another round is needed.
seconds() {
  local taken
  taken=$({ time { "$@" 2> /dev/null > /dev/null; echo $? > code; }; } 2>&1)
  code=$(cat code)
  [ "$code" -eq 0 ] || [ "$code" -eq 4 ] || { echo "code $code: $*" >&2; exit 1; }
  awk '{ printf "%.1f", $1 + $2 }' <<< "$taken"
}

echo "$draws draws; one run: $(seconds "${program[@]}" "${asked[@]}" --out one) s"
for shares in "$@"; do
  rm -rf work many
  for round in 1 2; do
    sum=0
    for ((i = 1; i <= shares; i++)); do
      taken=$(seconds "${program[@]}" "${asked[@]}" --out many --shard "$i/$shares" --work work)
      sum=$(awk "BEGIN { print $sum + $taken }")
    done
    merged=$(seconds "${program[@]}" merge work --quiet)
    size=$(du -m --apparent-size work/round-$round-share-001-of-*.work | cut -f1)
    echo "$shares shares, round $round: $(awk "BEGIN { printf \"%.1f\", $sum / $shares }") s a share ($size MB), merge $merged s"
    [ "$(cat code)" -eq 4 ] || break
  done
  cmp one/estimates.csv many/estimates.csv
done
