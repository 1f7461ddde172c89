import {type KernelSums, type Sums} from './sums.js';

/** Numbers are multiplied while their product is within 2^±`mostBits`; the next may be as far from 1 as 2^±100. */
const mostBits = 900;
const largest = 2 ** mostBits;
const smallest = 2 ** -mostBits;

/** The mean of log2 of numbers, each within 2^±100, that are given one at a time. Logarithms take longer than all else about a row. */
export class LogMean {
	#product = 1;
	#bits = 0;
	#count = 0;

	add(value: number): void {
		this.#product *= value;
		this.#count++;
		if (this.#product > largest || this.#product < smallest) {
			this.#bits += Math.log2(this.#product);
			this.#product = 1;
		}
	}

	get bits(): number {
		return (this.#bits + Math.log2(this.#product)) / this.#count;
	}
}

/** Of S_i and of its part that is of i's own class, in bits. */
export type MeanLogs = {readonly whole: number; readonly own: number};

/** From the sums of every row, in the order of the rows; with the shares of the classes where what a row adds itself is left out. */
export function meanLogsOf({all, part}: KernelSums, bound: keyof Sums, labels: Uint8Array, priors?: Float64Array): MeanLogs {
	const whole = new LogMean();
	const own = new LogMean();
	const sums = all[bound];
	const parts = part[bound];
	for (let row = 0; row < labels.length; row++) {
		const sum = sums[row]!;
		const some = within(1, parts[row]!, sum);
		whole.add(sum);
		own.add(priors ? some - 1 + priors[labels[row]!]! : some);
	}

	return {whole: whole.bits, own: own.bits};
}

/** Float32 may leave less than the row's own part, or more than the whole. */
export const within = (own: number, part: number, whole: number): number => Math.min(whole, Math.max(own, part));
