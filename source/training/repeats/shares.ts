import os from 'node:os';

/** The seed of a repeat, counted from 1: the first has that of the run. */
export const repeatSeed = (seed: number, repeat: number): number => seed + repeat - 1;

/** Deals repeats to as many threads as there are, so that no share is larger than another by more than one. */
export const dealRepeats = (repeats: readonly number[], threads: number): number[][] =>
	Array.from({length: threads}, (_, thread) => repeats.filter((__, index) => index % threads === thread));

/** The repeats of a run: 1 … `count`. */
export const allRepeats = (count: number): number[] => Array.from({length: count}, (_, index) => index + 1);

/** Threads for so many repeats: one a core. */
export const threadsFor = (repeats: number): number => Math.min(repeats, os.availableParallelism());
