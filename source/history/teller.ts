/**
Gathers what happens often into what is told seldom: `tell` is called after each call of what this returns, but not before so many
milliseconds have passed since the last time as `interval` says, which is asked once for each time. The last call is always told.
*/
export function createTeller(interval: () => number, tell: () => void): () => void {
	let timer: NodeJS.Timeout | undefined;
	let lastTold = -Infinity;
	return () => {
		timer ??= setTimeout(() => {
			timer = undefined;
			lastTold = performance.now();
			tell();
		}, Math.max(0, interval() - (performance.now() - lastTold)));
	};
}
