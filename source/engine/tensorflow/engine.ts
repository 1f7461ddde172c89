import {type ActivationName} from '../activation.js';
import {
	type Engine, type EngineState, type NetworkOptions, type Parameters,
} from '../engine.js';
import {createGradientMeans} from '../gradient-means.js';
import {adamCorrections} from '../optimizer.js';
import {hasMovingRange} from '../quantisation.js';
import {type Tensor, type Tensorflow, type Variable} from './api.js';
import {createQuantiser} from './quantiser.js';

type Parts<Value> = {readonly weights: readonly Value[]; readonly biases: readonly Value[]};

/** The same network on `@tensorflow/tfjs-node`: its matrix products and its automatic differentiation, our optimisers. */
export function createTensorflowEngine(tf: Tensorflow, {widths, activation, optimizer, quantisation}: NetworkOptions, initial: EngineState): Engine {
	const layers = widths.length - 1;
	const activate = activationOperations(tf)[activation];
	const shapes = {
		weights: widths.slice(1).map((units, layer) => [widths[layer]!, units]),
		biases: widths.slice(1).map(units => [units]),
	};
	const create = (values: Parameters) => mapParts(values, (array, part, layer) =>
		tf.tidy(() => tf.variable(tf.tensor(array.slice(), shapes[part][layer]!))));
	const parameters = create(initial.parameters);
	const slots = initial.slots.map(slot => create(slot));
	const flat = flatten(parameters);
	let {steps} = initial;

	const quantiser = quantisation && createQuantiser(tf, quantisation, widths.slice(1).map((_, layer) => hasMovingRange(layer === layers - 1 ? 'softmax' : activation)), initial.ranges);

	/** The activations of the hidden layers, and the logits. */
	const layerOutputs = (inputs: Tensor, mode: 'train' | 'measure'): Tensor[] => {
		const outputs: Tensor[] = [];
		for (let layer = 0; layer < layers; layer++) {
			const weights = quantiser ? quantiser.weights(parameters.weights[layer]!, layer) : parameters.weights[layer]!;
			const logits = tf.add(tf.matMul(outputs.at(-1) ?? inputs, weights), parameters.biases[layer]!);
			const isLast = layer === layers - 1;
			if (isLast && quantiser && mode === 'train') {
				// Its range moves on, though the loss is that of the softmax before it is quantised.
				quantiser.activations(tf.softmax(logits), layer, mode);
			}

			const output = isLast ? logits : activate(logits);
			outputs.push(isLast || !quantiser ? output : quantiser.activations(output, layer, mode));
		}

		return outputs;
	};

	const probabilities = (logits: Tensor): Tensor => quantiser ? quantiser.activations(tf.softmax(logits), layers - 1, 'measure') : tf.softmax(logits);

	const apply = (gradients: readonly Tensor[]): void => {
		for (const [index, gradient] of gradients.entries()) {
			updateVariable(flat[index]!, gradient, slots.map(slot => flatten(slot)[index]!));
		}
	};

	const updateVariable = (variable: Variable, gradient: Tensor, own: readonly Variable[]): void => {
		const scaled = (x: Tensor, factor: number) => tf.mul(x, tf.scalar(factor));
		if (optimizer.name === 'sgd') {
			own[0]!.assign(tf.add(scaled(own[0]!, optimizer.momentum), gradient));
			variable.assign(tf.sub(variable, scaled(own[0]!, optimizer.learningRate)));
			return;
		}

		const {size, scale} = adamCorrections(optimizer, steps);
		own[0]!.assign(tf.add(scaled(own[0]!, optimizer.beta1), scaled(gradient, 1 - optimizer.beta1)));
		own[1]!.assign(tf.add(scaled(own[1]!, optimizer.beta2), scaled(tf.square(gradient), 1 - optimizer.beta2)));
		const divisor = tf.add(tf.sqrt(scaled(own[1]!, scale)), tf.scalar(optimizer.epsilon));
		variable.assign(tf.sub(variable, tf.div(scaled(own[0]!, size), divisor)));
	};

	return {
		name: 'tensorflow',
		step({inputs, targets, rows}, observe) {
			tf.tidy(() => {
				const x = tf.tensor(inputs.subarray(0, rows * widths[0]!), [rows, widths[0]!]);
				const y = tf.tensor(targets.subarray(0, rows * widths.at(-1)!), [rows, widths.at(-1)!]);
				const {value, grads} = tf.variableGrads(() => tf.losses.softmaxCrossEntropy(y, layerOutputs(x, 'train').at(-1)!), flat);
				const gradients = flat.map(({name}) => grads[name]!);
				observe?.(value.dataSync()[0]!, unflatten(gradients.map(gradient => gradient.dataSync()), layers));
				steps++;
				apply(gradients);
			});
		},
		gradientMeans: createGradientMeans,
		forward: (inputs, rows) => tf.tidy(() => {
			const outputs = layerOutputs(tf.tensor(inputs.subarray(0, rows * widths[0]!), [rows, widths[0]!]), 'measure');
			return outputs.map((output, layer) => (layer === layers - 1 ? probabilities(output) : output).dataSync());
		}),
		readParameters: () => read(parameters),
		readState: () => ({
			parameters: read(parameters), steps, slots: slots.map(slot => read(slot)), ...(quantiser && {ranges: quantiser.ranges()}),
		}),
		writeState(state) {
			steps = state.steps;
			quantiser?.setRanges(state.ranges);
			for (const [to, from] of [[parameters, state.parameters], ...slots.map((slot, index) => [slot, state.slots[index]!])] as Array<[Parts<Variable>, Parameters]>) {
				mapParts(to, (variable, part, layer) => {
					tf.tidy(() => {
						variable.assign(tf.tensor(from[part][layer]!.slice(), shapes[part][layer]!));
					});
				});
			}
		},
		dispose() {
			for (const variable of [parameters, ...slots].flatMap(parts => flatten(parts))) {
				variable.dispose();
			}
		},
	};
}

const activationOperations = (tf: Tensorflow): Record<ActivationName, (x: Tensor) => Tensor> => ({
	tanh: x => tf.tanh(x),
	relu: x => tf.relu(x),
	sigmoid: x => tf.sigmoid(x),
	linear: x => x,
	softplus: x => tf.softplus(x),
	softsign: x => tf.div(x, tf.add(tf.abs(x), tf.scalar(1))),
});

const read = (parts: Parts<Variable>): Parameters => mapParts(parts, variable => variable.dataSync().slice());

const flatten = <Value>({weights, biases}: Parts<Value>): Value[] => [...weights, ...biases];

const unflatten = <Value>(values: readonly Value[], layers: number): Parts<Value> => ({weights: values.slice(0, layers), biases: values.slice(layers)});

function mapParts<From, To>(parts: Parts<From>, transform: (value: From, part: 'weights' | 'biases', layer: number) => To): Parts<To> {
	return {
		weights: parts.weights.map((value, layer) => transform(value, 'weights', layer)),
		biases: parts.biases.map((value, layer) => transform(value, 'biases', layer)),
	};
}
