/** Whether this is part of a Slurm job: that ends all that it has started, wherever it hides. */
export const isBatchJob = ({SLURM_JOB_ID: id}: NodeJS.ProcessEnv): boolean => Boolean(id);
