#!/usr/bin/env bash
# Divides one command of iikernel among processes of this machine, or among machines that are reached by ssh.
#   bash parallel.sh SHARES WORK COMMAND...
#   bash parallel.sh 4 work run study --draws 1000000 --seed 7 --out results
# SHARES is the number of processes or machines, WORK a folder that all of them see under the same name, and COMMAND what one
# machine would be told after the word iikernel. The same line again goes on with what is in WORK. One machine alone needs no
# shares: iikernel uses all its processors.
set -euo pipefail

# Set these here or in the environment.
hosts=${IIKERNEL_HOSTS:-}           # file with a line a machine, as GNU parallel reads them (--sshloginfile); empty: this machine
processes=${IIKERNEL_PROCESSES:-2}  # shares at the same time on this machine
threads=${IIKERNEL_THREADS:-1}      # threads of each share
rounds=${IIKERNEL_ROUNDS:-2}        # rounds of shares

[ $# -ge 3 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
shares=$1 work=$2
shift 2

# A share goes on from its own file, so that one that failed is simply begun again.
draw() {
  local share=(iikernel "$@" --shard "{}/$shares" --work "$work" --threads "$threads" --quiet)
  if [ -n "$hosts" ]; then
    seq "$shares" | parallel --quote --jobs 1 --retries 3 --halt soon,fail=1 --sshloginfile "$hosts" --workdir "$PWD" "${share[@]}"
  else
    seq "$shares" | xargs -P "$processes" -I '{}' "${share[@]}"
  fi
}

for ((round = 1; round <= rounds; round++)); do
  draw "$@"
  code=0
  iikernel merge "$work" --rounds "$rounds" --quiet || code=$?
  # 4: the next round is needed.
  [ "$code" -eq 4 ] || exit "$code"
done
