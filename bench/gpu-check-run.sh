#!/usr/bin/env bash
# The check of one device, on a machine that needs a driver and nothing else. Prints a report in Markdown and writes it to
# REPORTS/<device>/gpu-check.md; ends with code 0 where everything holds, 1 where something does not, 2 where an argument is wrong,
# 3 where there is no device.
#   run.sh [cuda|opencl] [REPORTS] [DRAWS]
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
backend=${1:-cuda}
reports=${2:-$here/results}
draws=${3:-1000000}
iikernel="$here/bin/iikernel"
tests="$here/bin/IIKernel.Kernels.Tests"
refuse() { echo "$1" >&2; exit 2; }
case "$backend" in cuda | opencl) ;; *) refuse "$backend: expected cuda or opencl." ;; esac
[[ "$draws" =~ ^[1-9][0-9]{0,11}$ ]] || refuse "$draws: expected a whole number of draws, such as 1000000."
{ mkdir -p "$reports" && [ -d "$reports" ] && [ -w "$reports" ]; } || refuse "$reports: expected a folder to write the report to."
work=$(mktemp -d) || refuse "${TMPDIR:-/tmp}: expected a folder to work in."
trap 'rm -rf "$work"' EXIT
status=0
value() { sed -n "s/^ *\"$2\": *\"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$1" | head -1; }
# What the device did not do itself makes nothing wrong, and is no check of it.
faults() { grep -ohE '"code": "(device-[a-z]+|auto-[a-z-]+)"' "$@" 2> /dev/null | sed 's/.*: "\(.*\)"/\1/' | sort -u | tr '\n' ' '; }
same() { verdict="byte for byte the same"; cmp -s "$1/estimates.csv" "$2/estimates.csv" || { verdict="**DIFFERENT**"; return 1; }; }
run() { "$iikernel" run --quiet --draws "$2" --backend "$1" --out "$work/$1-$2"; }

"$iikernel" devices --json > "$work/devices.json" || status=1
device=$(awk -v b="\"$backend\"" '
  /"name":/ { on = index($0, b) }
  on && /"device":/ { sub(/.*"device": "/, ""); sub(/",?$/, ""); print; exit }' "$work/devices.json")
[ -n "$device" ] || { echo "no $backend device: $(cat "$work/devices.json")" >&2; exit 3; }
folder="$reports/$(echo "$device" | tr 'A-Z ' 'a-z-' | tr -cd 'a-z0-9-')"
mkdir -p "$folder" || refuse "$folder: expected a folder to write the report to."

class=$([ "$backend" = cuda ] && echo Cuda || echo OpenCl)
"$tests" -noColor -class "*.$class*" > "$work/tests.txt" 2>&1 || status=1
summary=$(grep -o 'Total: .*' "$work/tests.txt" | tail -1)
awk -v s="$summary" 'BEGIN { split(s, n, /[^0-9]+/); exit !(n[2] > n[5]) }' || status=1

# Every figure of the demonstration study, drawn on the device and on the processor.
small=$((draws < 100000 ? draws : 100000))
run simd "$small" || status=1
run "$backend" "$small" || status=1
same "$work/simd-$small" "$work/$backend-$small" || status=1
equality=$verdict

# The same of a table that is drawn, a factorisation a draw.
tables=$((draws < 10000 ? draws : 10000))
flows() { "$iikernel" run "$work/demo/study-flows.json" --quiet --no-report --draws "$2" --backend "$1" --out "$work/flows-$1"; }
"$iikernel" new "$work/demo" --demo > /dev/null || status=1
flows simd "$tables" || status=1
flows "$backend" "$tables" || status=1
same "$work/flows-simd" "$work/flows-$backend" || status=1
tables_equality=$verdict

# Throughput: the time of more draws less that of fewer, so that starting and compiling do not count.
run "$backend" "$draws" || status=1
seconds() { value "$work/$1/run.json" sampling_seconds; }
processor=$(seconds "simd-$small")
large=$(seconds "$backend-$draws")
little=$(seconds "$backend-$small")
fallen=$(faults "$work/$backend-$small/run.json" "$work/$backend-$draws/run.json" "$work/flows-$backend/run.json")
[ -z "$fallen" ] || status=1
rate() { awk -v n="$1" -v t="$2" 'BEGIN { if (t > 0) printf "%.3g", n / t; else print "–" }'; }
if [ "$draws" -gt "$small" ]; then
  device_rate=$(rate $((draws - small)) "$(awk -v a="$large" -v b="$little" 'BEGIN { print a - b }')")
else
  device_rate=$(rate "$draws" "$large")
fi

# Draws with all statistics, which are two passes, a second; beside what the card could do of a pass if its busiest unit did nothing else.
"$iikernel" bench --backend "$backend" --json > "$work/bench.json" || status=1
card=$(cut -f1 "$here/expected.tsv" | sort -u | while IFS= read -r name; do case "$device" in *"$name"*) echo "$name" ;; esac; done)
measured() {
  awk -v b="$backend" -v n="$1" '
    /"backend":/ { on = index($0, "\"" b "\"") }
    on && /"draws_per_second":/ { sub(/.*: /, ""); sub(/,?$/, ""); if (++found == n) { print; exit } }' "$work/bench.json"
}
verdict() {
  local rate expected
  rate=$(measured "$2")
  expected=$(awk -F '\t' -v c="$card" -v w="$1" '$1 == c && $2 == w { print $3 "\t" $4 }' "$here/expected.tsv")
  if [ -n "$card" ]; then
    awk -v r="$rate" -v e="$expected" 'BEGIN {
      split(e, x, "\t"); printf "%.3g; a pass %.3g of at most %.3g (%s): %.0f %%\n", r, 2 * r, x[1], x[2], 200 * r / x[1] }'
  else
    awk -v r="$rate" 'BEGIN { printf "%.3g; no figures of such a card are known\n", r }'
  fi
}

{
  echo "# $device, $(date -u +%F)"
  echo
  model=$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)
  echo "Revision $(cat "$here/revision"); \`run.sh $backend\`, $(nproc) processor threads ($model)."
  echo
  echo '```text'
  "$iikernel" devices | sed 's/ *$//' | grep -v '^$'
  echo '```'
  echo
  echo "| check | result |"
  echo "|---|---|"
  echo "| tests of the device | $summary |"
  echo "| every figure of the demonstration study, $small draws, against the processor | $equality |"
  echo "| every figure of the study with a drawn table, $tables draws, against the processor | $tables_equality |"
  echo "| what the device left to the processor (docs/devices.md) | ${fallen:-nothing} |"
  echo "| opening the device and compiling, s | $(value "$work/$backend-$draws/run.json" preparation_seconds) |"
  echo "| all figures, draws/s with all statistics | $(verdict "all figures" 1) |"
  echo "| one year without sectors, draws/s with all statistics | $(verdict "one year, no sectors" 2) |"
  echo "| whole study on the device, draws/s | $device_rate |"
  echo "| whole study on the processor, draws/s | $(rate "$small" "$processor") |"
  echo "| drawn tables of 149 sectors on the device, draws/s | $(rate "$tables" "$(value "$work/flows-$backend/run.json" sampling_seconds)") |"
  echo "| drawn tables on the processor, draws/s | $(rate "$tables" "$(value "$work/flows-simd/run.json" sampling_seconds)") |"
  echo
  if command -v ncu > /dev/null && [ "$backend" = cuda ]; then
    echo "## Kernels"
    echo
    echo '```text'
    metrics=sm__throughput.avg.pct_of_peak_sustained_elapsed,dram__throughput.avg.pct_of_peak_sustained_elapsed
    metrics+=,dram__bytes.sum,sm__warps_active.avg.pct_of_peak_sustained_active,gpu__time_duration.sum
    ncu --metrics "$metrics" --launch-count 12 "$iikernel" run --quiet --draws "$small" --backend cuda 2>&1 | grep -E 'Kernel_|__'
    echo '```'
  else
    echo "No profiler (ncu) on this machine."
  fi
} > "$folder/gpu-check.md" || status=1
[ "$status" -eq 0 ] || { grep -E '\[FAIL\]' "$work/tests.txt" | head -20 | sed 's/^/    /' >> "$folder/gpu-check.md"; }
cat "$folder/gpu-check.md"
exit "$status"
