#!/usr/bin/env bash
# Divides one command of iikernel among the machines of a Slurm cluster: an array of shares, a merge that waits for it, and
# a second round of both, whose jobs end at once where the first round was enough.
#   bash submit.sh SHARES WORK COMMAND...
#   bash submit.sh 16 work run study --draws 1000000000 --seed 7 --out results
# SHARES is the number of tasks, WORK a folder that every machine of the cluster sees under the same name, and COMMAND what
# one machine would be told after the word iikernel. Prints the number of the last job: when it has ended well, the files
# are where --out says. The same line again goes on with what is in WORK.
set -euo pipefail

# What a task gets; merging takes one as well. Set these here or in the environment.
cpus=${IIKERNEL_CPUS:-8}            # processors
memory=${IIKERNEL_MEMORY:-12G}      # memory: less will do for large samples
time=${IIKERNEL_TIME:-12:00:00}     # longest time of one task; what is not done by then goes on in the next
rounds=${IIKERNEL_ROUNDS:-2}        # rounds of shares
partition=${IIKERNEL_PARTITION:-}   # the cluster's default where empty

[ $# -ge 3 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
shares=$1 work=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work"
work=$(cd "$work" && pwd)
rm -f "$work/final"

options=(--parsable --cpus-per-task="$cpus" --mem="$memory" --time="$time" --kill-on-invalid-dep=yes)
[ -z "$partition" ] || options+=(--partition="$partition")
before=()
for ((round = 1; round <= rounds; round++)); do
  share=$(sbatch "${options[@]}" "${before[@]}" --array="1-$shares" --output="$work/round-$round-share-%a.log" \
    "$here/share.sbatch" "$work" "$@")
  merge=$(sbatch "${options[@]}" --dependency="afterok:${share%%;*}" --output="$work/round-$round-merge.log" \
    "$here/merge.sbatch" "$work" "$round" "$rounds")
  before=(--dependency="afterok:${merge%%;*}")
done
echo "${merge%%;*}"
