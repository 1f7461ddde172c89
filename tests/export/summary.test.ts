import {describe, expect, it} from 'vitest';
import {glyphSets} from '../../source/chart/glyphs.js';
import {summaryLines} from '../../source/export/summary.js';
import {type RunEvent} from '../../source/run/events.js';
import {
	exampleEpoch, exampleHistory, exampleStart, historyOf,
} from '../helpers/example.js';
import {emptyHistory, reduce} from '../../source/history/reduce.js';

const {braille, ascii} = glyphSets;

describe('the summary', () => {
	it.each<readonly [RunEvent | undefined, string]>([
		[{type: 'end', reason: 'finished', epoch: 8000}, 'mine finished at epoch 8,000 after 1 min 20 s: engine builtin, seed 1, batch 512.'],
		[{type: 'end', reason: 'stopped', epoch: 8000}, 'mine was stopped at epoch 8,000 after 1 min 20 s: engine builtin, seed 1, batch 512.'],
		[{type: 'end', reason: 'diverged', epoch: 8001}, 'mine diverged at epoch 8,001 after 1 min 20 s: engine builtin, seed 1, batch 512.'],
		[{type: 'end', reason: 'failed'}, 'mine failed at epoch 8,000 after 1 min 20 s: engine builtin, seed 1, batch 512.'],
		[undefined, 'mine broke off at epoch 8,000 after 1 min 20 s: engine builtin, seed 1, batch 512.'],
	])('says after %j how it ended', (end, sentence) => {
		const history = historyOf(exampleStart(), exampleEpoch(0), exampleEpoch(8000));
		expect(summaryLines(end ? reduce(history, end) : history, 80, braille)[0]).toBe(sentence);
	});

	it('draws the plane, and tells each layer\'s information, ratio, switch and onset', () => {
		const lines = summaryLines(exampleHistory(), 80, braille);
		expect(lines).toContain('Information plane, bins, in bits:');
		expect(lines.find(line => line.includes('I(X;T)') && line.includes('12'))).toBeDefined();
		const table = lines.slice(lines.findIndex(line => line.startsWith('layer ')));
		expect(table[0]).toMatch(/^layer +I\(X;T\) +I\(T;Y\) +M\/S +switch +compression$/v);
		expect(table[1]).toMatch(/^1 hidden 1 +12\.000 +0\.\d{3} +2\.00 +16 \(drift again 60\) +none$/v);
		expect(table[2]).toMatch(/^2 hidden 2 +\d+\.\d{3} +0\.\d{3} +2\.00 +40 +none$/v);
		expect(table[5]).toMatch(/^5 hidden 5 .* not yet +from 50$/v);
		expect(table[6]).toMatch(/^6 output .* not yet +none$/v);
		expect(table.at(-1)).toBe('Drift → diffusion: 2 of 6 layers, epochs 16 to 40.');
	});

	it('says where there is no switch to find', () => {
		const lines = summaryLines(historyOf(exampleStart(), ...[0, 1, 2].map(epoch => exampleEpoch(epoch, {ratio: null}))), 80, braille);
		expect(lines.at(-1)).toMatch(/^The gradients have no spread .*, so there is no switch to find\.$/v);
		expect(lines.find(line => line.startsWith('1 hidden 1'))).toMatch(/n\/a +n\/a +none$/v);
	});

	it.each([['nothing', emptyHistory], ['no epoch', historyOf(exampleStart())]])('of a run with %s says that nothing was measured', (_, history) => {
		expect(summaryLines(history, 80, braille)).toEqual(['Nothing was measured.']);
	});

	it.each([20, 40, 80, 200])('keeps its plane within %d columns', width => {
		const lines = summaryLines(exampleHistory(), width, braille);
		const from = lines.indexOf('Information plane, bins, in bits:') + 1;
		expect(lines.slice(from, from + 16).filter(line => [...line].length > width)).toEqual([]);
	});

	it('is ASCII only where there is nothing else', () => {
		expect(summaryLines(exampleHistory(), 80, ascii).filter(line => !/^[ -~]*$/v.test(line))).toEqual([]);
	});
});
