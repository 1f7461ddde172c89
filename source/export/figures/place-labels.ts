export type Point = {readonly x: number; readonly y: number};

/** One label for points that lie on each other, and where it goes. */
export type PlacedLabel = Point & {readonly text: string};

export type LabelOptions = {
	/** What must not be covered: the points of the lines. */
	readonly obstacles: readonly Point[];
	readonly width: number;
	readonly height: number;
};

/** Points that are nearer than this, in pixels, cannot be told apart: they share a label. */
const sameness = 5;

/** Of a character, in pixels. */
const letter = {width: 5.6, height: 8};

/** Ways from a point to its label, nearest first: above, below and beside before what lies between. */
const ways = [7, 9.5, 12.5, 16, 20, 25, 31, 38].flatMap(distance =>
	[90, -90, 0, 180, 45, 135, -45, -135].map(angle => ({distance, across: Math.cos(angle * Math.PI / 180), down: -Math.sin(angle * Math.PI / 180)})));

/** Places for the labels of points in a picture, y growing downwards, that cover neither each other nor the lines; as near as they can be. */
export function placeLabels(points: ReadonlyArray<Point & {readonly text: string}>, {obstacles, width, height}: LabelOptions): readonly PlacedLabel[] {
	const taken: Array<Point & {readonly half: number}> = [];
	return clusters(points).map(({x, y, text}) => {
		const half = text.length * letter.width / 2;
		const covers = (at: Point, other: Point, room: number) => Math.abs(other.x - at.x) < half + room && Math.abs(other.y - at.y) < (letter.height / 2) + 1.5;
		const isInside = (at: Point) => at.x - half >= 2 && at.x + half <= width && at.y >= letter.height / 2 && at.y <= height - (letter.height / 2);
		const isLegible = (at: Point) => isInside(at) && taken.every(other => !covers(at, other, other.half + 1)) && points.every(other => !covers(at, other, 1.5));
		// Whose label it is must be plain.
		const isNearest = (at: Point) => points.every(other =>
			Math.hypot(other.x - x, other.y - y) < sameness || distanceTo(other, at, half) > 1.5 * distanceTo({x, y}, at, half));
		const isPlain = (at: Point) => isLegible(at) && obstacles.every(other => !covers(at, other, 1.5)) && isNearest(at);
		const places = ways.map(({distance, across, down}) => ({x: x + (across * (distance + half - (letter.width / 2))), y: y + (down * distance)}));
		const at = places.find(place => isPlain(place)) ?? places.find(place => isLegible(place)) ?? {x: Math.min(x, width - half), y: y + 9};
		taken.push({...at, half});
		return {...at, text};
	});
}

/** From a point to the nearest part of a label. */
const distanceTo = (point: Point, at: Point, half: number): number => Math.hypot(Math.max(0, Math.abs(point.x - at.x) - half), point.y - at.y);

/** Points that lie on each other become one, named after all of them. */
function clusters(points: ReadonlyArray<Point & {readonly text: string}>): Array<Point & {text: string}> {
	const found: Array<Point & {text: string}> = [];
	for (const point of points) {
		const near = found.find(({x, y}) => Math.hypot(x - point.x, y - point.y) < sameness);
		if (near) {
			near.text += `,${point.text}`;
		} else {
			found.push({...point});
		}
	}

	return found;
}
