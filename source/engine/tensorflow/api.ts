import process from 'node:process';
import util from 'node:util';

/** The part of `@tensorflow/tfjs-node` that the engine uses; the package is optional, so its own types may not be there. */
export type Tensor = {
	dataSync(): Float32Array;
	dispose(): void;
};

export type Variable = Tensor & {readonly name: string; assign(value: Tensor): void};

export type Tensorflow = {
	readonly version: Readonly<Record<string, string>>;
	readonly losses: {softmaxCrossEntropy(targets: Tensor, logits: Tensor): Tensor};
	tidy<Result>(body: () => Result): Result;
	tensor(values: Float32Array, shape: readonly number[]): Tensor;
	scalar(value: number): Tensor;
	variable(initial: Tensor): Variable;
	variableGrads(loss: () => Tensor, variables: readonly Variable[]): {value: Tensor; grads: Record<string, Tensor>};
	matMul(a: Tensor, b: Tensor): Tensor;
	add(a: Tensor, b: Tensor): Tensor;
	sub(a: Tensor, b: Tensor): Tensor;
	mul(a: Tensor, b: Tensor): Tensor;
	div(a: Tensor, b: Tensor): Tensor;
	square(x: Tensor): Tensor;
	sqrt(x: Tensor): Tensor;
	abs(x: Tensor): Tensor;
	tanh(x: Tensor): Tensor;
	relu(x: Tensor): Tensor;
	sigmoid(x: Tensor): Tensor;
	softplus(x: Tensor): Tensor;
	softmax(logits: Tensor): Tensor;
	min(x: Tensor): Tensor;
	max(x: Tensor): Tensor;
	floor(x: Tensor): Tensor;
	clipByValue(x: Tensor, low: number, high: number): Tensor;
	greaterEqual(a: Tensor, b: Tensor): Tensor;
	lessEqual(a: Tensor, b: Tensor): Tensor;
	logicalAnd(a: Tensor, b: Tensor): Tensor;
	cast(x: Tensor, type: 'float32'): Tensor;
	/** An operation whose gradient is told beside its value. */
	customGrad(operation: (x: Tensor, save: (tensors: readonly Tensor[]) => void) => {value: Tensor; gradFunc: (dy: Tensor, saved: readonly Tensor[]) => Tensor}): (x: Tensor) => Tensor;
};

/**
Loads the addon and runs one real operation on it; throws whatever goes wrong. Node 23 took away two functions of `node:util` that
the addon's JavaScript calls.
*/
export async function loadTensorflow(): Promise<Tensorflow> {
	process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
	for (const [name, stand] of Object.entries({isNullOrUndefined: (value: unknown) => value === undefined || value === null, isArray: Array.isArray})) {
		if (!(name in util)) {
			Object.defineProperty(util, name, {value: stand});
		}
	}

	const packageName = '@tensorflow/tfjs-node';
	// A CommonJS package: its exports are the default, or, where a loader sees to it, the module itself.
	const loaded = await import(packageName) as Tensorflow & {default?: Tensorflow};
	const tf = loaded.default ?? loaded;
	const sum = tf.tidy(() => tf.add(tf.scalar(1), tf.scalar(1)).dataSync()[0]);
	if (sum !== 2) {
		throw new Error(`1 + 1 gave ${sum}`);
	}

	return tf;
}
