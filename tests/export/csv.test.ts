import {describe, expect, it} from 'vitest';
import {csvColumns, seriesCsv} from '../../source/export/csv.js';
import {exampleEpoch, exampleStart, historyOf} from '../helpers/example.js';

const rows = (csv: string) => csv.trimEnd().split('\n').map(line => line.split(','));

/** A run of one epoch and one layer, under an estimator of that name. */
function csvOf(estimator: string): string {
	const epoch = exampleEpoch(3, {layers: 1});
	return seriesCsv(historyOf(exampleStart({hidden: [1]}), {...epoch, layers: [{...epoch.layers[0]!, information: {[estimator]: {x: 2, y: 1}}}]}));
}

describe('the series as CSV', () => {
	it('has a row for each measured epoch, layer and estimator, under names of columns', () => {
		const history = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(5));
		const [header, ...body] = rows(seriesCsv(history));
		expect(header).toEqual([...csvColumns]);
		expect(body).toHaveLength(2 * 6 * 2);
		expect(body.filter(row => row.length !== csvColumns.length)).toEqual([]);
		const {layers, loss, seconds} = history.epochs[1]!;
		expect(body[12 + 5]).toEqual(['', '5', seconds, loss, 0.9, 0.85, 3, 'width:0.07', layers[2]!.information['width:0.07']!.x, layers[2]!.information['width:0.07']!.y, '', '', '', '', 0.02, 0.01, 2, 5].map(String));
	});

	it('leaves a cell empty where a number does not exist', () => {
		const epoch = exampleEpoch(3, {layers: 1});
		const [, row] = rows(seriesCsv(historyOf(exampleStart({hidden: [1]}), {
			...epoch, loss: null, accuracy: {train: null, test: null}, layers: [{
				...epoch.layers[0]!, gradient: null, weightNorm: null, information: {bins: {x: 2, y: 1}},
			}],
		})));
		expect(row).toEqual(['', '3', '0.03', '', '', '', '1', 'bins', '2', '1', '', '', '', '', '', '', '', '']);
	});

	it('tells the lower bound and the standard error where an estimator has them', () => {
		const epoch = exampleEpoch(3, {layers: 1});
		const information = {
			'kde:0.1': {
				x: 5, y: 0.9, lower: {x: 4, y: 0.8}, error: {x: 0.02, y: 0.01},
			},
		};
		const [, row] = rows(seriesCsv(historyOf(exampleStart({hidden: [1]}), {...epoch, layers: [{...epoch.layers[0]!, information}]})));
		expect(row!.slice(7, 14)).toEqual(['kde:0.1', '5', '0.9', '4', '0.8', '0.02', '0.01']);
	});

	it('is a line of names for a run without epochs', () => {
		expect(seriesCsv(historyOf(exampleStart()))).toBe(`${csvColumns.join(',')}\n`);
	});

	it.each([
		['=1+1', '\'=1+1'],
		['+1', '\'+1'],
		['-1', '\'-1'],
		['@SUM(A1)', '\'@SUM(A1)'],
		['a,b', '"a,b"'],
		['a"b', '"a""b"'],
		['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
	])('makes the text %j harmless to spreadsheets', (estimator, cell) => {
		expect(csvOf(estimator)).toContain(`,1,${cell},2,1,`);
	});

	it.each(['\u001B[2J', '\u001B]0;owned\u0007', 'a\rb', '\tx', '\u202Ex'])('has no control character from %j', estimator => {
		expect(csvOf(`x${estimator}`)).toMatch(/^[^\p{Cc}\p{Cf}]+\n[^\p{Cc}\p{Cf}]+\n$/v);
	});
});
