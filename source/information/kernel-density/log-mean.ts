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
