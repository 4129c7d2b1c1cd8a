#!/bin/sh
# usage: . tests/scale/slurm.sh; slurm_start DIR; ...; slurm_stop   One Slurm node without systemd:
# munge, the controller and the node's daemon started by hand, everything below DIR.
slurm_start() {
    slurm_dir=$1
    mkdir -p "$slurm_dir/state" "$slurm_dir/spool"
    chmod 755 "$slurm_dir"
    dd if=/dev/urandom of="$slurm_dir/key" bs=128 count=1 2>/dev/null
    chmod 400 "$slurm_dir/key"
    host=$(uname -n)
    host=${host%%.*}
    port=$((20000 + $$ % 20000))
    cat >"$slurm_dir/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$slurm_dir/munge
CredType=cred/munge
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
StateSaveLocation=$slurm_dir/state
SlurmdSpoolDir=$slurm_dir/spool
SlurmctldPidFile=$slurm_dir/slurmctld.pid
SlurmdPidFile=$slurm_dir/slurmd.pid
SlurmctldLogFile=$slurm_dir/slurmctld.log
SlurmdLogFile=$slurm_dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    export SLURM_CONF="$slurm_dir/slurm.conf"
    /usr/sbin/munged --force --key-file="$slurm_dir/key" --socket="$slurm_dir/munge" \
        --pid-file="$slurm_dir/munged.pid" --log-file="$slurm_dir/munged.log" \
        --seed-file="$slurm_dir/seed" &&
        /usr/sbin/slurmctld && /usr/sbin/slurmd || return 1
    tries=0
    while ! sinfo -h -o %T 2>/dev/null | grep -q idle; do
        tries=$((tries + 1))
        [ $tries -lt 60 ] || return 1
        sleep 1
    done
}
slurm_stop() {
    for daemon in slurmd slurmctld munged; do
        [ -s "$slurm_dir/$daemon.pid" ] && kill "$(cat "$slurm_dir/$daemon.pid")" 2>/dev/null
    done
}
