/** Milliseconds from one picture of what happens by itself to the next, at the least and at the most. */
const fastest = 100;
const slowest = 250;

/** Of one processor. The trainer has better use for it, and a viewer may stay open for days. */
const share = 0.05;

/** How much of the estimate stays when a new picture has been paid for: the runtime's own chores come in bursts. */
const inertia = 0.7;

/**
How long to wait until the next picture, so that all of them together take no more than `share` of one processor, as long as that is
possible at all: until the runtime has compiled the code, and in large terminals, a picture costs several times as much as later.
`spent` tells the milliseconds that this process has computed so far; each call stands for one picture.
*/
export function redrawInterval(spent: () => number): () => number {
	let before = spent();
	let cost: number | undefined;
	return () => {
		const now = spent();
		cost = cost === undefined ? now - before : (inertia * cost) + ((1 - inertia) * (now - before));
		before = now;
		return Math.min(slowest, Math.max(fastest, cost / share));
	};
}
