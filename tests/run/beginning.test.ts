import {describe, expect, it} from 'vitest';
import {epochOf} from '../../source/run/beginning.js';
import {encodeLine} from '../../source/run/line.js';
import {exampleEpoch, exampleStart} from '../helpers/example.js';

const {type, ...rest} = exampleEpoch(1234);

describe('the beginning of a line', () => {
	it.each([
		['of an epoch', encodeLine({type, ...rest}), {epoch: 1234, repeat: 0}],
		['of an epoch of a repeat', encodeLine({type, repeat: 56, ...rest}), {epoch: 1234, repeat: 56}],
		['of epoch 0', encodeLine(exampleEpoch(0)), {epoch: 0, repeat: 0}],
		['of the start', encodeLine(exampleStart()), undefined],
		['of the end', encodeLine({type: 'end', reason: 'finished', epoch: 3}), undefined],
		['of a phase', encodeLine({
			type: 'phase', layer: 1, event: 'diffusion', epoch: 3,
		}), undefined],
		['with the fields in another order', '{"type":"epoch","seconds":1,"epoch":3,', undefined],
		['with a repeat alone', '{"type":"epoch","repeat":3}', undefined],
		['with no number', '{"type":"epoch","epoch":,"seconds"', undefined],
		['with no repeat', '{"type":"epoch","repeat":,"epoch":3,', undefined],
		['with a negative number', '{"type":"epoch","epoch":-3,', undefined],
		['with a fraction', '{"type":"epoch","epoch":3.5,', undefined],
		['with more digits than a number has', `{"type":"epoch","epoch":${'9'.repeat(16)},`, undefined],
		['that is all there is', '{"type":"epoch","epoch":3', undefined],
		['of nothing', '', undefined],
	])('%s', (_, line, expected) => {
		expect(epochOf(Buffer.from(line))).toEqual(expected);
	});
});
