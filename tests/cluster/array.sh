#!/bin/sh
#SBATCH --array=1-50 --requeue --signal=B:TERM@120
exec ibtop run --preset tanh --seed $SLURM_ARRAY_TASK_ID --name tanh-$SLURM_ARRAY_TASK_ID --resume allow
