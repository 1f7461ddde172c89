import {type Preset} from './schema.js';

/** Fields that do not make an experiment another one. */
const aside: ReadonlySet<string> = new Set(['$schema', 'name', 'description', 'source', 'seed', 'repeats']);

/** Where two presets differ by more than their seeds and their names. */
export type Difference = {
	/** `network.activation`. */
	readonly field: string;
	readonly one: unknown;
	readonly other: unknown;
};

/** The first of the differences between two experiments; undefined where they are the same, whatever their seeds. */
export const experimentDifference = (one: Preset, other: Preset): Difference | undefined =>
	difference(withoutAside(one), withoutAside(other), '');

const withoutAside = (preset: Preset) => Object.fromEntries(Object.entries(preset).filter(([field]) => !aside.has(field)));

function difference(one: unknown, other: unknown, field: string): Difference | undefined {
	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one)) {
		return JSON.stringify(one) === JSON.stringify(other) ? undefined : {field, one, other};
	}

	const [ones, others] = [one, other] as ReadonlyArray<Readonly<Record<string, unknown>>> as [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>];
	return [...new Set([...Object.keys(ones), ...Object.keys(others)])]
		.map(key => difference(ones[key], others[key], field === '' ? key : `${field}.${key}`))
		.find(found => found !== undefined);
}
