#!/bin/sh
# Inside of the one-node Slurm: sends the array, disturbs two of its tasks in their middle, and waits for all.
# session.sh FOLDER SCRIPT TASKS
set -eu
cd "$1"
job=$(sbatch --parsable --output='%a.log' --open-mode=append --array="1-$3" "$2")
until_epochs() { until [ "$(grep -c '"type":"epoch"' "runs/tanh-$1/events.ndjson" 2>/dev/null || true)" -gt 25 ]; do sleep 0.1; done; }
now() { until scontrol update JobId="${job}_$1" StartTime=now 2>/dev/null && squeue -h -j "${job}_$1" -t RUNNING | grep -q .; do sleep 0.5; done; }
# A node that fails: the task is killed, and requeued.
until_epochs 1; scontrol requeue "${job}_1"; echo "requeued task 1"
# The time limit is near: SIGTERM, upon which it keeps itself and asks to be requeued.
until_epochs 2; scancel --batch --signal=TERM "${job}_2"; echo "warned task 2"
now 1; now 2
while [ -n "$(squeue -h -j "$job")" ]; do sleep 0.5; done
echo 'all tasks are over'
