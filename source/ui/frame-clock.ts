export type FrameClock = {
	/** Draws soon: at once if the last frame is long enough ago. Asking again before that changes nothing: frames are dropped, not queued. */
	readonly request: () => void;
	readonly stop: () => void;
};

/** Draws when asked to, never more often than every `interval` milliseconds. */
export function createFrameClock(draw: () => void, interval: number): FrameClock {
	let timer: NodeJS.Timeout | undefined;
	let last = -Infinity;
	return {
		request() {
			timer ??= setTimeout(() => {
				timer = undefined;
				last = performance.now();
				draw();
			}, Math.max(0, interval - (performance.now() - last)));
		},
		stop() {
			clearTimeout(timer);
		},
	};
}
