#!/bin/sh
#SBATCH --array=1-50 --requeue --signal=B:TERM@120
trap 'kill -TERM $pid; wait $pid; scontrol requeue ${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID' TERM
ibtop run --preset tanh --seed $SLURM_ARRAY_TASK_ID --name tanh-$SLURM_ARRAY_TASK_ID --resume allow & pid=$!
wait $pid
