import {type ForeignLabels} from '../foreign/labels.js';
import {type Estimate} from '../information/entropy.js';
import {type Estimator} from '../information/registry.js';
import {type MeasuredLayer} from './measure.js';

/** The layers in rows, the estimators in columns; as many tables one below the other as the width asks for. */
export function measureTable(file: string, labels: ForeignLabels, layers: readonly MeasuredLayer[], estimators: readonly Estimator[], width: number): string[] {
	const head = ['layer', 'units'];
	const lead = columnOf([head.join('\u0000'), ...layers.map(({name, units}) => `${name}\u0000${units}`)]);
	const columns = estimators.flatMap(estimator => columnsOf(estimator, layers));
	const entropy = labels.target.conditional ? `H(Y) ${labels.entropy.toFixed(3)}, I(X;Y) ${labels.bound.toFixed(3)}` : `H(Y) ${labels.entropy.toFixed(3)}`;
	return [
		`${file}: ${labels.rows} rows, log2 of that ${Math.log2(labels.rows).toFixed(3)}; ${labels.target.classes} classes, ${entropy}.`,
		'Of each layer I(X;T) and I(T;Y), in bits.',
		...blocksOf(lead, columns, width).flatMap(lines => ['', ...lines]),
		...saturation(labels, layers),
	];
}

/** Upper and lower bounds stand beside each other. */
function columnsOf({id, title}: Estimator, layers: readonly MeasuredLayer[]): string[][] {
	const of = (heading: string, pick: (estimate: Estimate) => string) => columnOf([heading, ...layers.map(({information}) => pick(information[id]!))]);
	const hasLower = layers.some(({information}) => information[id]!.lower);
	return hasLower
		? [
			of(`${title} upper`, estimate => `${show(estimate)}${estimate.error ? ` ±${estimate.error.x.toFixed(3)} ±${estimate.error.y.toFixed(3)}` : ''}`),
			of('lower', ({lower}) => show(lower!)),
		]
		: [of(title, estimate => show(estimate))];
}

const show = ({x, y}: {readonly x: number; readonly y: number}): string => `${x.toFixed(3).padStart(6)}  ${y.toFixed(3)}`;

/** Cells padded to one width; cells that hold several parts are aligned part by part. */
function columnOf(cells: readonly string[]): string[] {
	const parts = cells.map(cell => cell.split('\u0000'));
	const widths = parts[0]!.map((_, index) => Math.max(...parts.map(row => row[index]!.length)));
	return parts.map(row => row.map((part, index) => index === 0 ? part.padEnd(widths[index]!) : part.padStart(widths[index]!)).join('  '));
}

function blocksOf(lead: readonly string[], columns: readonly string[][], width: number): string[][] {
	const blocks: string[][] = [];
	let lines = [...lead];
	let isEmpty = true;
	for (const column of columns) {
		if (!isEmpty && lines[0]!.length + 3 + column[0]!.length > width) {
			blocks.push(lines);
			lines = [...lead];
		}

		lines = lines.map((line, index) => `${line}   ${column[index]!}`);
		isEmpty = false;
	}

	return [...blocks, lines].map(block => block.map(line => line.trimEnd()));
}

/** The commonest misreading: where every row has a cell of its own, I(X;T) says how many rows there are, and nothing of the layer. */
function saturation({rows}: ForeignLabels, layers: readonly MeasuredLayer[]): string[] {
	const most = Math.log2(rows) - 1e-6;
	const saturated = layers.filter(({information}) => Object.values(information).every(({x}) => x >= most)).map(({name}) => name);
	return saturated.length > 0
		? ['', `Saturated under every estimator, which says nothing of the layer but the number of rows: ${saturated.join(', ')}. Take more rows or coarser cells.`]
		: [];
}
