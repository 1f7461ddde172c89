#!/bin/sh
# Inside of the one-node Slurm: sends the array, disturbs two of its tasks in their middle, and waits for all.
# session.sh FOLDER SCRIPT TASKS
set -eu
cd "$1"
job=$(sbatch --parsable --output='%a.log' --open-mode=append --array="1-$3" "$2")
epochs_of() { cat "runs/tanh-$1/events.ndjson" 2>/dev/null | grep -c '"type":"epoch"' || true; }
until_epochs() { until [ "$(epochs_of "$1")" -gt 25 ]; do sleep 0.1; done; }
# The time limit is near: the job's process gets the SIGTERM that --signal asks for, keeps the run and ends; then it is requeued.
until_epochs 2
trainer=$(sed -n 's/.*"pid": \([0-9]*\).*/\1/p' runs/tanh-2/run.json)
kill -TERM "$(ps -o ppid= -p "$trainer" | tr -d ' ')"; echo "warned task 2"
# A node that fails: the task is killed, and requeued.
until_epochs 1; scontrol requeue "${job}_1"; echo "requeued task 1"
while squeue -h -j "${job}_2" -t RUNNING,COMPLETING | grep -q .; do sleep 0.1; done
for _ in $(seq 100); do
  if scontrol requeue "${job}_2" 2>/dev/null; then echo "requeued task 2"; break; fi
  sleep 0.1
done
# Requeued tasks would wait for two minutes.
while [ -n "$(squeue -h -j "$job")" ]; do
  for task in 1 2; do scontrol update JobId="${job}_$task" StartTime=now 2>/dev/null || true; done
  sleep 0.5
done
echo 'all tasks are over'
