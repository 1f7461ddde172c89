/** The optimisers, by name; `slots` is how many arrays of the parameters' shape each of them keeps. */
export const optimizers = {
	adam: {description: 'Adam [Kingma & Ba 2015, algorithm 1]: momentum is beta 1', slots: 2},
	sgd: {description: 'stochastic gradient descent: v ← momentum·v + g, w ← w − rate·v', slots: 1},
} as const;

export type OptimizerName = keyof typeof optimizers;
export const optimizerNames = Object.keys(optimizers) as OptimizerName[];

export type Optimizer
	= | {readonly name: 'adam'; readonly learningRate: number; readonly beta1: number; readonly beta2: number; readonly epsilon: number}
		| {readonly name: 'sgd'; readonly learningRate: number; readonly momentum: number};

/** Adam's bias corrections at step t ≥ 1, folded into one step size and one scale: w ← w − size·m / (√(v·scale) + ε). */
export function adamCorrections({learningRate, beta1, beta2}: Extract<Optimizer, {name: 'adam'}>, step: number): {size: number; scale: number} {
	return {size: learningRate / (1 - (beta1 ** step)), scale: 1 / (1 - (beta2 ** step))};
}
