import os from 'node:os';

/** The seed of a repeat, counted from 1: the first has that of the run. */
export const repeatSeed = (seed: number, repeat: number): number => seed + repeat - 1;

/** Deals repeats 1 … `count` to as many threads as there are, so that no share is larger than another by more than one. */
export const dealRepeats = (count: number, threads: number): number[][] =>
	Array.from({length: threads}, (_, thread) => Array.from({length: Math.ceil((count - thread) / threads)}, (__, turn) => 1 + thread + (turn * threads)));

/** Threads for so many repeats: one a core. */
export const threadsFor = (repeats: number): number => Math.min(repeats, os.availableParallelism());
