import {type Symbols} from './symbols.js';

/** A soft clustering T of the symbols, by its joint distribution with the label p(t, y): count × classes, row-major. */
export type Clusters = {readonly count: number; readonly joint: Float64Array};

/** Clusters whose p(y|t) agree to this in every class become one: what that costs is of second order, 1e-14 β nats. */
const sameCluster = 1e-7;
/** What a cluster of less probability tells is below every tolerance. */
const emptyCluster = 1e-12;

/** Every symbol a cluster of its own: the optimum as β → ∞. */
export const identityClusters = ({count, classes, weights, conditional}: Symbols): Clusters => ({
	count, joint: conditional.map((p, index) => p * weights[Math.floor(index / classes)]!),
});

/** The clusters with those that coincide taken together and those that are empty left out: the same point of the plane. Time count². */
export function mergeClusters({count, joint}: Clusters, classes: number): Clusters {
	const kept: Array<{weight: number; readonly row: Float64Array}> = [];
	for (let cluster = 0; cluster < count; cluster++) {
		const row = joint.slice(cluster * classes, (cluster + 1) * classes);
		const weight = row.reduce((sum, mass) => sum + mass, 0);
		const same = kept.find(other => row.every((mass, label) => Math.abs((mass / weight) - (other.row[label]! / other.weight)) < sameCluster));
		if (weight < emptyCluster) {
			continue;
		}

		if (same) {
			same.weight += weight;
			same.row.set(row.map((mass, label) => mass + same.row[label]!));
		} else {
			kept.push({weight, row});
		}
	}

	const merged = new Float64Array(kept.length * classes);
	for (const [cluster, {row}] of kept.entries()) {
		merged.set(row, cluster * classes);
	}

	return {count: kept.length, joint: merged};
}

/** The clusters, with one more of weight p(t) taken evenly from them. */
export const addCluster = ({count, joint}: Clusters, {conditional, weight}: {readonly conditional: Float64Array; readonly weight: number}): Clusters => ({
	count: count + 1,
	joint: Float64Array.from([...joint.map(mass => (1 - weight) * mass), ...conditional.map(p => weight * p)]),
});

/** How far one round moved T: the largest change of a p(t) or a p(y|t). */
export function residual(before: Float64Array, after: Float64Array, classes: number): number {
	let largest = 0;
	for (let start = 0; start < before.length; start += classes) {
		let old = 0;
		let weight = 0;
		for (let index = start; index < start + classes; index++) {
			old += before[index]!;
			weight += after[index]!;
		}

		largest = Math.max(largest, Math.abs(weight - old));
		for (let index = start; index < start + classes; index++) {
			largest = Math.max(largest, Math.abs((after[index]! / weight) - (before[index]! / old)));
		}
	}

	return largest;
}

/** I(T;Y) in nats. */
export function informationAboutLabel({joint}: Clusters, classes: number): number {
	const prior = new Float64Array(classes);
	for (let index = 0; index < joint.length; index++) {
		prior[index % classes]! += joint[index]!;
	}

	let information = 0;
	for (let start = 0; start < joint.length; start += classes) {
		const row = joint.subarray(start, start + classes);
		const weight = row.reduce((sum, mass) => sum + mass, 0);
		for (const [label, mass] of row.entries()) {
			information += mass > 0 ? mass * Math.log(mass / weight / prior[label]!) : 0;
		}
	}

	return Math.max(0, information);
}
