import {setTimeout as sleep} from 'node:timers/promises';

/** Asks again and again until there is an answer, and returns it; fails with `what` was waited for. For what happens in another process. */
export async function until<Value>(what: string, probe: () => Value | undefined | false, timeout = 20_000): Promise<Value> {
	for (const end = performance.now() + timeout; performance.now() < end;) {
		const answer = probe();
		if (answer !== undefined && answer !== false) {
			return answer;
		}

		await sleep(20);
	}

	throw new Error(`Waited ${timeout} ms in vain: ${what}`);
}
