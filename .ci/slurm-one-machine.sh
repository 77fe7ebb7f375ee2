#!/usr/bin/env bash
# Runs a command beside a Slurm cluster of two nodes of one processor each, all on this machine: a controller and two node
# daemons that listen on the loopback address alone, with no service of the system, no munge and no cgroups. They end when
# the command does. Needs root, and the packages slurm-wlm and slurm-client.
#   slurm-one-machine.sh FOLDER sbatch --wait job.sh
# FOLDER keeps the configuration, slurm.conf, which the command finds by SLURM_CONF, and the daemons' logs.
# Exit code 75: no cluster can be had here; the reason is on standard error.
set -euo pipefail
unavailable() { echo "Slurm on one machine: $1" >&2; exit 75; }
[ $# -ge 2 ] || { echo "usage: slurm-one-machine.sh FOLDER COMMAND [ARGUMENT ...]" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
[ "$(id -u)" = 0 ] || unavailable "needs root, since jobs are started as the user who submits them"
for program in slurmctld slurmd sbatch scontrol; do
  command -v "$program" > /dev/null || unavailable "no $program; apt-get install slurm-wlm slurm-client"
done

# Ports that nobody listens on: of this process's number, the next where they are taken.
free() { ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }
port=$((20000 + $$ % 10000))
until free "$port" && free $((port + 1)) && free $((port + 2)); do port=$((port + 3)); done

mkdir -p "$folder"/{state,n1,n2}
export SLURM_CONF="$folder/slurm.conf"
host=$(hostname -s)
cat > "$SLURM_CONF" << CONF
ClusterName=one-machine
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 RealMemory=4096 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 RealMemory=4096 State=UNKNOWN
PartitionName=both Nodes=n1,n2 Default=YES State=UP MaxTime=INFINITE
# Without munge: everybody on this machine is believed who he says he is.
AuthType=auth/none
CryptoType=crypto/none
CredType=cred/none
# Without cgroups.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
# The nodes say what they have, whatever this machine has.
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
# Jobs start as soon as they can.
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
MinJobAge=300
KillWait=5
MpiDefault=none
ReturnToService=2
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/%n
SlurmctldPidFile=$folder/controller.pid
SlurmdPidFile=$folder/%n.pid
SlurmctldLogFile=$folder/controller.log
SlurmdLogFile=$folder/%n.log
CONF

daemons=()
end() {
  # What still runs, first: a node's daemon waits for its jobs.
  if [ -n "$(squeue --noheader 2> /dev/null)" ]; then
    scancel --full --signal=KILL --state=RUNNING --user "$(id -un)" 2> /dev/null || true
    scancel --user "$(id -un)" 2> /dev/null || true
    for _ in $(seq 50); do [ -n "$(squeue --noheader 2> /dev/null)" ] || break; sleep 0.2; done
  fi
  kill "${daemons[@]}" 2> /dev/null || true
  for _ in $(seq 25); do kill -0 "${daemons[@]}" 2> /dev/null || break; sleep 0.2; done
  kill -KILL "${daemons[@]}" 2> /dev/null || true
  wait "${daemons[@]}" 2> /dev/null || true
}
trap end EXIT
start() { "$@" > "$folder/$name.out" 2>&1 & daemons+=($!); }
# Waits at most half a minute for what a command says, unless a daemon has ended.
ready() {
  for _ in $(seq 150); do
    "$@" > /dev/null 2>&1 && return
    for daemon in "${daemons[@]}"; do kill -0 "$daemon" 2> /dev/null || break 2; done
    sleep 0.2
  done
  tail -n 5 "$folder"/*.out "$folder"/*.log >&2 || true
  unavailable "the daemons did not become ready, see $folder"
}
idle() { [ "$(sinfo --noheader --states=idle --format=%D)" = 2 ]; }

name=controller start slurmctld -D
ready scontrol ping
for name in n1 n2; do start slurmd -D -N "$name"; done
ready idle

# In the background, so that a signal is heeded while it runs.
"$@" <&0 &
command=$!
trap 'kill "$command" 2> /dev/null; exit 143' TERM
trap 'kill -INT "$command" 2> /dev/null; exit 130' INT
wait "$command"
