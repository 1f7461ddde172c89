import {usage} from '../errors.js';
import {type FigureOptions} from '../export/figures/figure.js';
import {
	type FigureName, figureNames, type FormatName, formatNames,
} from '../export/figures/names.js';
import {parseLength} from '../export/length.js';
import {parseEstimators} from '../information/registry.js';
import {didYouMean} from '../nearest.js';
import {safeText} from '../safe-text.js';
import {type GivenFlags} from './experiment.js';

export type ExportOptions = FigureOptions & {
	/** Undefined for all that fit. */
	readonly figures: readonly FigureName[] | undefined;
	readonly formats: readonly FormatName[];
	/** The last epoch that is shown; undefined for all. */
	readonly epoch: number | undefined;
	/** The folder that files go to. */
	readonly output: string;
};

/** What `ibtop export` was asked for. */
export function checkExport(given: GivenFlags): ExportOptions {
	const text = (name: string) => typeof given[name] === 'string' ? given[name] : undefined;
	const [figures, by, estimators, epoch] = ['figure', 'by', 'estimators', 'epoch'].map(name => text(name));
	return {
		figures: figures === undefined ? undefined : chosen('--figure', figures, figureNames),
		formats: chosen('--format', text('format') ?? 'svg,vl.json,csv', formatNames),
		by: by === undefined ? 'layer' : onlyOne('--by', by, ['layer', 'epoch']),
		estimators: estimators === undefined ? undefined : parseEstimators(estimators.split(',')).map(({id}) => id),
		epoch: epoch === undefined ? undefined : epochOf(epoch),
		width: parseLength(text('width') ?? '85mm', '--width'),
		output: text('output') ?? '.',
	};
}

/** One or several of the names, with commas between. */
const chosen = <Name extends string>(flag: string, text: string, names: readonly Name[]): readonly Name[] =>
	[...new Set(text.split(',').map(each => onlyOne(flag, each.trim(), names)))];

function onlyOne<Name extends string>(flag: string, text: string, names: readonly Name[]): Name {
	const name = names.find(each => each === text);
	if (name === undefined) {
		throw usage(`${flag} must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)!}, not "${safeText(text, 40)}".${didYouMean(text, names)}`);
	}

	return name;
}

function epochOf(text: string): number {
	const epoch = Number(text);
	if (text.trim() === '' || !Number.isSafeInteger(epoch) || epoch < 0) {
		throw usage(`--epoch must be a whole number from 0 on, not "${safeText(text, 40)}".`);
	}

	return epoch;
}
