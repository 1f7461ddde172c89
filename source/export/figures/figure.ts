import {type History} from '../../history/reduce.js';
import {type Length} from '../length.js';

/** A run as figures see it. */
export type Subject = {
	/** Of its directory; made safe already. */
	readonly name: string;
	readonly history: History;
};

/** What a user may choose of a figure. */
export type FigureOptions = {
	readonly by: 'layer' | 'epoch';
	/** The ids of the estimators that are shown; undefined for the first of the run. */
	readonly estimators: readonly string[] | undefined;
	readonly width: Length;
};

/** A Vega-Lite specification with its data in it. Vega-Lite's own type is a union of thousands of lines, which says no more here. */
export type Specification = Readonly<Record<string, unknown>>;

export const schemaUrl = 'https://vega.github.io/schema/vega-lite/v6.json';
