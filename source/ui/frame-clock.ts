export type FrameClock = {
	/** Draws soon: at once if the last frame is long enough ago. Asking again before that changes nothing: frames are dropped, not queued. */
	readonly request: () => void;
	/** Frames a second that the link bears, if that is fewer than asked for. */
	readonly slowRate: () => number | undefined;
	readonly stop: () => void;
};

/** The slowest rate, in milliseconds between frames. */
const slowest = 1000;

/** After so many frames that went quickly, the rate is doubled again. */
const patience = 20;

/** Milliseconds without a frame after which nothing is known of a slow link any more: then it counts as quick again. */
const memory = 5000;

/**
Draws when asked to, never more often than `framesPerSecond`. `draw` returns the milliseconds that the terminal took to accept the
frame: when that is more than half of the time between frames, the rate is halved, down to one a second. `onRecovery` hears when a
slow link counts as quick again without a frame.
*/
export function createFrameClock(draw: () => number, framesPerSecond: number, onRecovery: () => void = () => undefined): FrameClock {
	const fastest = 1000 / framesPerSecond;
	let interval = fastest;
	let quick = 0;
	let timer: NodeJS.Timeout | undefined;
	let last = -Infinity;
	let isStopped = false;
	let recovery: NodeJS.Timeout | undefined;

	const adapt = (taken: number) => {
		if (taken > interval / 2) {
			interval = Math.max(fastest, Math.min(slowest, interval * 2));
			quick = 0;
		} else if (++quick >= patience) {
			interval = Math.max(fastest, interval / 2);
			quick = 0;
		}

		clearTimeout(recovery);
		recovery = interval > fastest && !isStopped ? setTimeout(recover, memory) : undefined;
	};

	const recover = () => {
		interval = fastest;
		onRecovery();
	};

	return {
		request() {
			if (isStopped) {
				return;
			}

			timer ??= setTimeout(() => {
				timer = undefined;
				adapt(draw());
				last = performance.now();
			}, Math.max(0, interval - (performance.now() - last)));
		},
		slowRate: () => interval > fastest * 1.5 ? 1000 / interval : undefined,
		stop() {
			isStopped = true;
			clearTimeout(timer);
			clearTimeout(recovery);
		},
	};
}
