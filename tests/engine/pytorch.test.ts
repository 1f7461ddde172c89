import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {
	adam, deviation, flatten, network, randomBatches, sgd, startingState,
} from '../helpers/network.js';
import {hasPython, runPython, withTemporaryFolder} from '../helpers/python.js';
import {activationNames} from '../../source/engine/activation.js';
import {createBuiltinEngine} from '../../source/engine/builtin/create.js';

const widths = [12, 10, 7, 5, 4, 3, 2];
const steps = 50;
const batches = randomBatches(widths, 64, steps);
const cases = activationNames.flatMap(activation => [adam, sgd, {...sgd, momentum: 0}].map(optimizer => {
	const options = network(widths, activation, optimizer);
	return {
		...options, options, title: optimizer.name === 'adam' ? 'Adam' : `SGD with momentum ${optimizer.momentum}`, state: startingState(options),
	};
}));

type Answer = {readonly losses: number[]; readonly gradients: number[]; readonly parameters: number[]};

const plain = (arrays: readonly Float32Array[]) => arrays.map(values => [...values]);

const askTorch = (): Answer[] => withTemporaryFolder(folder => {
	writeFileSync(path.join(folder, 'cases.json'), JSON.stringify({
		batches: batches.map(({rows, inputs, targets}) => ({rows, inputs: [...inputs], targets: [...targets]})),
		cases: cases.map(({options, state}) => ({...options, weights: plain(state.parameters.weights), biases: plain(state.parameters.biases)})),
	}));
	return runPython(new URL('pytorch.py', import.meta.url), folder) as Answer[];
});

const isThere = hasPython('torch');
const answers = isThere ? askTorch() : [];

describe.runIf(isThere)('PyTorch, from the same weights on the same batches,', () => {
	it.each(cases.map((each, index) => ({...each, expected: answers[index]!})))(
		'has the same losses, gradients and weights over 50 steps of $title with $activation',
		({expected, options, state}) => {
			const engine = createBuiltinEngine(options, state);
			const losses: number[] = [];
			const gradients: number[][] = [];
			for (const batch of batches) {
				engine.step(batch, (loss, step) => {
					losses.push(loss);
					gradients.push(flatten(step));
				});
			}

			expect(losses).toHaveLength(steps);
			expect(deviation(losses, expected.losses, 0.1)).toBeLessThan(2e-5);
			expect(deviation(gradients[0]!, expected.gradients, 0.01)).toBeLessThan(2e-5);
			expect(deviation(flatten(engine.readParameters()), expected.parameters, 0.1)).toBeLessThan(2e-4);
			// All that must have been more than standing still
			expect(deviation(expected.parameters, flatten(state.parameters), 0.1)).toBeGreaterThan(0.02);
		},
	);
});
