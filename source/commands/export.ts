import path from 'node:path';
import process from 'node:process';
import {failure, usage} from '../errors.js';
import {type FigureOptions, type Subject} from '../export/figures/figure.js';
import {hasGradients} from '../export/figures/gradients-data.js';
import {hasLoss} from '../export/figures/loss-data.js';
import {type FigureName} from '../export/figures/names.js';
import {figures} from '../export/figures/registry.js';
import {formats} from '../export/formats.js';
import {formatCount} from '../chart/format.js';
import {currentEpoch} from '../history/select.js';
import {readManifest, type RunDirectory, runsRoot} from '../run/directory.js';
import {findRuns} from '../run/find.js';
import {safeText} from '../safe-text.js';
import {historyUpTo} from '../history/past.js';
import {type GivenFlags} from './experiment.js';
import {checkExport, type ExportOptions} from './export-options.js';
import {historyOf} from './follow.js';
import {openOutput, type Output} from './output.js';
import {shownPath} from './verdict.js';

/** `ibtop export RUN…`: figures and data of runs, as files; their paths go to stdout. Returns the exit code. */
export async function exportRuns(given: GivenFlags, names: readonly string[]): Promise<number> {
	const options = checkExport(given);
	const runs = findRuns(runsRoot(typeof given['runs'] === 'string' ? given['runs'] : undefined, process.env), names);
	const subjects: Subject[] = [];
	for (const run of runs) {
		const subject = await subjectOf(run, options);
		subjects.push({...subject, name: nameBeside(subject.name, subjects)});
	}

	if (options.formats.includes('png')) {
		const {loadResvg} = await import('../export/render-png.js');
		await loadResvg();
	}

	const output = openOutput(options.output);
	for (const name of options.figures ?? fittingFigures(subjects)) {
		await exportFigure(name, subjects, options, output);
	}

	for (const format of options.formats) {
		const {of, render} = formats[format];
		if (of === 'data') {
			output.write(`${stemOf(subjects)}.${format}`, render(subjects));
		}
	}

	return 0;
}

/** Runs of different folders may have one name: the second is `tanh-1 (2)`, or they would be drawn as one, and one file replace the other. */
function nameBeside(name: string, others: readonly Subject[]): string {
	const isTaken = (text: string) => others.some(other => stemOf([other]) === stemOf([{name: text}]));
	let unique = name;
	for (let count = 2; isTaken(unique); count++) {
		unique = `${name} (${count})`;
	}

	return unique;
}

/** A run that goes on is exported as far as it is, and that is said. */
async function subjectOf(run: RunDirectory, {epoch}: ExportOptions): Promise<Subject> {
	readManifest(run);
	const history = await historyOf(run, true);
	const name = safeText(run.name, 64);
	if (!history.start || history.epochs.length === 0) {
		throw failure(`The run ${shownPath(run.folder)} has measured nothing yet: there is nothing to export.`);
	}

	const last = currentEpoch(history);
	if (epoch !== undefined && epoch > last) {
		throw usage(`--epoch ${epoch} is later than the last measured epoch of ${name}, ${last}.`);
	}

	if (!history.end && epoch === undefined) {
		process.stderr.write(`${name} has not ended: it is exported up to epoch ${formatCount(last)}.\n`);
	}

	return {name, history: epoch === undefined ? history : historyUpTo(history, epoch)};
}

/** Without --figure: all that there is something to draw for. */
const fittingFigures = (subjects: readonly Subject[]): readonly FigureName[] => [
	'plane',
	...(subjects.every(({history}) => hasGradients(history)) ? ['gradients'] as const : []),
	...(subjects.every(({history}) => hasLoss(history)) ? ['loss'] as const : []),
	...(subjects.length > 1 ? ['comparison'] as const : []),
];

async function exportFigure(name: FigureName, subjects: readonly Subject[], options: ExportOptions, output: Output): Promise<void> {
	const kind = figures[name];
	const groups = kind.of === 'a run' ? subjects.map(subject => [subject] as const) : [subjects];
	for (const group of groups) {
		const specification = kind.build(group as readonly [Subject], options satisfies FigureOptions);
		const stem = [stemOf(group), name, ...(options.by === 'epoch' ? ['by-epoch'] : [])].join('-');
		for (const format of options.formats) {
			const {of, render} = formats[format];
			if (of === 'figure') {
				output.write(`${stem}.${format}`, await render(specification, options.width));
			}
		}
	}
}

/** `tanh-1`, `tanh-1+relu-1`, or, where that becomes too long, `tanh-1-and-49-more`; whatever a folder may be called, a plain name. */
function stemOf(subjects: ReadonlyArray<Pick<Subject, 'name'>>): string {
	const names = subjects.map(({name}) => path.basename(name).replaceAll(/[^\w.\-]/gv, '_'));
	const all = names.join('+');
	return all.length <= 80 ? all : `${names[0]!.slice(0, 64)}-and-${names.length - 1}-more`;
}
