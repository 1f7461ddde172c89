/** Events as somebody else sends them, line by line. */
import {describe, expect, it} from 'vitest';
import {pipeEvents} from '../../source/foreign/pipe-events.js';
import {readPipeLine} from '../../source/foreign/pipe-line.js';
import {type RunEvent} from '../../source/run/events.js';
import {encodeLine} from '../../source/run/line.js';
import {linesOf} from '../../source/run/lines.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

const start = {
	type: 'start', version: 1, run: 'mine', samples: 100, bounds: {x: 6.64, y: 1}, layers: [{layer: 1, name: 'a', width: 3}, {layer: 2, name: 'b', width: 1}], estimators: ['infonce'],
};
const epoch = {
	type: 'epoch', epoch: 3, seconds: 1, loss: null, accuracy: {train: null, test: 0.5}, layers: [{
		layer: 1, information: {infonce: {x: 2, y: 0.5}}, gradient: null, weightNorm: null,
	}],
};
const text = (value: unknown) => JSON.stringify(value);

async function * given(lines: ReadonlyArray<string | undefined>) {
	yield * lines;
}

async function told(...lines: Array<string | undefined>): Promise<RunEvent[]> {
	const events: RunEvent[] = [];
	for await (const {event} of pipeEvents(given(lines))) {
		events.push(event);
	}

	return events;
}

describe('a line of a pipe', () => {
	it('is an event with all its fields, those that nobody here knows among them', () => {
		const line = {...epoch, wallclock: 7, layers: [{...epoch.layers[0], rank: [1, 2]}]};
		expect(readPipeLine(text(line))).toEqual({kind: 'event', event: line});
	});

	it('may come from ibtop itself, with a checksum that is checked', () => {
		const line = encodeLine(exampleEpoch(7)).trimEnd();
		expect(readPipeLine(line)).toEqual({kind: 'event', event: exampleEpoch(7)});
		expect(readPipeLine(line.replace('"epoch":7', '"epoch":8'))).toEqual({kind: 'wrong', complaint: 'is damaged (its checksum does not match)'});
	});

	it('is kept where its type is one of a later version', () => {
		expect(readPipeLine('{"type":"weather","sky":"blue"}')).toEqual({kind: 'kept', event: {type: 'weather', sky: 'blue'}});
	});

	it('has no characters left that a terminal would obey', () => {
		expect(readPipeLine(text({type: 'warning', message: 'a\u001B]52;c;eA==\u0007b\u202Ec'}))).toEqual({kind: 'event', event: {type: 'warning', message: 'ab\uFFFDc'}});
	});

	it.each([
		['no JSON', 'epoch 3', 'is not JSON: send one object a line'],
		['half a line', text(epoch).slice(0, 30), 'is not JSON: send one object a line'],
		['a list', '[1]', 'is not JSON: send one object a line'],
		['NaN, as Python writes it', '{"type":"epoch","loss":NaN}', 'is not JSON: numbers that do not exist are null, not NaN'],
		['no type', '{}', 'has a wrong field "type"'],
		['a text for a number', text({...epoch, epoch: '3'}), 'has a wrong field "epoch" (Invalid input: expected number, received string)'],
		['a wrong field deep inside', text({...epoch, layers: [{...epoch.layers[0], information: {infonce: {x: 1}}}]}), 'has a wrong field "layers.0.information.infonce.y"'],
		['a negative epoch', text({...epoch, epoch: -1}), 'has a wrong field "epoch"'],
	])('is wrong with %s', (_, line, complaint) => {
		const answer = readPipeLine(line);
		expect(answer).toMatchObject({kind: 'wrong', complaint: expect.stringContaining(complaint) as string});
	});

	it('is blank, or of a newer ibtop', () => {
		expect(readPipeLine(' \r')).toEqual({kind: 'blank'});
		expect(readPipeLine(text({...start, version: 2}))).toMatchObject({kind: 'newer'});
	});
});

describe('the events of a pipe', () => {
	it('begin with a start event, which says from then on that they come from a pipe', async () => {
		expect(await told(text(start), text(epoch))).toEqual([{...start, source: {kind: 'pipe', name: 'mine'}}, epoch]);
		expect(await told(text(exampleStart()))).toMatchObject([{preset: {name: 'mine'}, source: {kind: 'pipe'}}]);
	});

	it('go on where a line is wrong, which is named by its number', async () => {
		const events = await told('hello', text(epoch), '', text(start), text(start), undefined, text(epoch), '{"type":"epoch"', text({...epoch, layers: [{...epoch.layers[0], layer: 2}]}), text({
			type: 'phase', layer: 3, event: 'diffusion', epoch: 1,
		}));
		expect(events.map(event => event.type === 'warning' ? event.message : event.type)).toEqual([
			'start',
			'line 1 is not JSON: send one object a line',
			'line 2 comes before the start event: send that first',
			'line 5 starts a second run: a pipe carries one',
			'line 6 is too long to be an event',
			'epoch',
			'line 8 is not JSON: send one object a line',
			'line 9 has layers that are not those of the start event, numbered from 1 to 2 in this order',
			'line 10 is about layer 3, and there are 2',
		]);
	});

	it('do not drown in wrong lines', async () => {
		const events = await told(text(start), ...Array.from({length: 1000}, () => 'x'), text(epoch));
		expect(events).toHaveLength(23);
		expect(events.at(-2)).toEqual({type: 'warning', message: 'more lines are wrong; only the first 20 are named'});
	});

	it.each([
		['nothing', [], 'The pipe held no run: send a start event first, as "ibtop run --json" does.'],
		['something else', ['hello'], 'The pipe held no run: line 1 is not JSON: send one object a line.'],
		['layers in another order', [text({...start, layers: start.layers.toReversed()})], 'The pipe held no run: line 1 has a wrong field "layers": they are numbered from 1, in their order.'],
		['no bounds', [text({...start, bounds: {x: 0, y: 0}})], 'The pipe held no run: line 1 has a wrong field "bounds": x is H(X), above 0, and y is I(X;Y), in bits.'],
		['a newer run', ['', text({...start, version: 2})], 'Line 2 of the pipe was written by a newer ibtop (events 2; this one reads 1): update ibtop.'],
	])('are refused in a sentence where there is %s', async (_, lines, sentence) => {
		await expect(told(...lines)).rejects.toThrow(expect.objectContaining({message: sentence, exitCode: 1}) as Error);
	});
});

describe('lines', () => {
	const split = async (...chunks: Buffer[]) => {
		const lines: Array<string | undefined> = [];
		for await (const line of linesOf((async function * () {
			yield * chunks;
		})())) {
			lines.push(line);
		}

		return lines;
	};

	it('come whole, however they were sent; an incomplete last one does not', async () => {
		const bytes = Buffer.from('über\n\nzwei → drei\nhalb');
		for (let cut = 0; cut <= bytes.length; cut++) {
			expect(await split(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual(['über', '', 'zwei → drei']);
		}
	});

	it('that are too long are not kept', async () => {
		const piece = Buffer.alloc(2 ** 20, 'x');
		expect(await split(Buffer.from('a\n'), ...Array.from({length: 6}, () => piece), Buffer.from('\nb\n'))).toEqual(['a', undefined, 'b']);
	});
});
