#!/usr/bin/env bash
# Draws a command on a Kubernetes cluster: the shares, their merge, and both again where a second round is needed. What is
# drawn stands in shares.yaml; storage.yaml is applied, and the study is copied into its volume, before.
#   bash rounds.sh
# Kubernetes 1.29 or later. The same line again goes on with what is in the volume.
set -euo pipefail

# Set these here or in the environment.
rounds=${IIKERNEL_ROUNDS:-2}   # rounds of shares: as many as ROUNDS in merge.yaml
patience=${IIKERNEL_TIME:-24h} # longest time of a round

cd "$(dirname "$0")"

# Until a Job has ended, one way or the other.
finish() {
  kubectl delete job "$1" --ignore-not-found --wait
  kubectl apply -f "$2"
  kubectl wait --for=condition=complete --timeout="$patience" "job/$1" & local good=$!
  kubectl wait --for=condition=failed --timeout="$patience" "job/$1" > /dev/null 2>&1 & local bad=$!
  local code=0 first
  wait -n -p first "$good" "$bad" || code=$?
  kill "$good" "$bad" 2> /dev/null || true
  [ "$first" = "$good" ] && [ "$code" -eq 0 ] && return
  echo "$1 failed: kubectl describe job $1 and kubectl logs job/$1 say why" >&2
  return 1
}

for ((round = 1; round <= rounds; round++)); do
  finish iikernel-shares shares.yaml
  finish iikernel-merge merge.yaml
  said=$(kubectl get pods --selector=job-name=iikernel-merge \
    --output='jsonpath={.items[0].status.containerStatuses[0].state.terminated.message}')
  [ "$said" != final ] || exit 0
done
echo "Another round is needed: found ROUNDS in merge.yaml above the $rounds of this script; expected the same." >&2
exit 4
