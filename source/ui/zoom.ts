/** The part of the plane that is shown, as fractions of its axes: where the window's lower left corner is, and how large it is. */
export type Zoom = {readonly x: number; readonly y: number; readonly extent: number};

export const wholePlane: Zoom = {x: 0, y: 0, extent: 1};

const smallest = 1 / 64;

/** Half as much, or twice as much, around the middle. */
export function zoomBy({x, y, extent}: Zoom, factor: 0.5 | 2): Zoom {
	const next = Math.min(1, Math.max(smallest, extent * factor));
	return clamp({x: x + ((extent - next) / 2), y: y + ((extent - next) / 2), extent: next});
}

/** A fifth of the window to the right and up, or, with negative numbers, to the left and down. */
export const pan = ({x, y, extent}: Zoom, right: number, up: number): Zoom => clamp({x: x + (right * extent / 5), y: y + (up * extent / 5), extent});

const clamp = ({x, y, extent}: Zoom): Zoom => ({x: within(x, extent), y: within(y, extent), extent});

const within = (start: number, extent: number): number => Math.min(1 - extent, Math.max(0, start));

/** The ends of the axes that a zoom shows, in bits. */
export function zoomedDomain({x, y, extent}: Zoom, bounds: {readonly x: number; readonly y: number}) {
	return {
		x: [x * bounds.x, (x + extent) * bounds.x],
		y: [y * bounds.y, (y + extent) * bounds.y],
	} as const;
}
