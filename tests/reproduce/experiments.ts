/** What is reproduced, and what the papers and our own earlier trials (science.md section 7) say of it. */
export type Experiment = {
	readonly preset: string;
	/** The estimators whose figures are told. */
	readonly estimators: readonly string[];
	readonly paper: string;
	/** I(X;T) of the last hidden layer and of the output that our trials led us to expect, means of four or five seeds. */
	readonly expected?: string;
	/** One seed, for as many epochs as this allows, and only where it is asked for by name. */
	readonly minutes?: number;
};

const bounded = ['bins', 'width:0.07'] as const;
const unbounded = ['width:0.07', 'bins'] as const;

export const experiments: readonly Experiment[] = [
	{
		preset: 'tanh', estimators: bounded, paper: 'ST17: compression of the last layers',
		expected: 'bins 7.0 → 8.2 (41) → 3.4, output 2.1 → 4.3 (50) → 1.2',
	},
	{
		preset: 'relu', estimators: unbounded, paper: 'S18: no compression in hidden layers; an artefact under bins',
		expected: 'width 1.0 → 8.4 → 8.4, output 0.6 → 3.6 → 2.0; bins 1.5 → 4.0 → 2.3, output 0.5 → 3.7 → 2.3',
	},
	{
		preset: 'tanh-8bit', estimators: ['exact:8'], paper: 'L22: the output compresses, hidden layers some',
		expected: '11.93 → 11.98 → 8.55, layers 1 to 4 at least 11.9, output 6.7 → 7.2 → 2.2',
	},
	{
		preset: 'relu-8bit', estimators: ['exact:8'], paper: 'L22: the output compresses, hidden layers hardly',
		expected: '9.1 → 9.25 → 8.3, output 5.6 → 6.4 → 2.8',
	},
	{preset: 'tanh-4bit', estimators: ['exact:4'], paper: 'L22: as 8 bits, coarser'},
	{preset: 'relu-4bit', estimators: ['exact:4'], paper: 'L22: as 8 bits, coarser'},
	{
		preset: 'full-batch', estimators: bounded, paper: 'S18: compression without noise',
		expected: 'bins 7.1 → 8.1 → 1.3, output 2.1 → 4.2 → 1.0',
	},
	{preset: 'linear', estimators: unbounded, paper: 'S18: no compression'},
	{preset: 'softsign', estimators: bounded, paper: 'S18: saturates late'},
	{preset: 'softplus', estimators: unbounded, paper: 'S18: no compression'},
	{preset: 'depth-1', estimators: ['bins'], paper: 'ST17: more layers, fewer epochs'},
	{preset: 'depth-2', estimators: ['bins'], paper: 'ST17: more layers, fewer epochs'},
	{preset: 'depth-3', estimators: ['bins'], paper: 'ST17: more layers, fewer epochs'},
	{preset: 'depth-4', estimators: ['bins'], paper: 'ST17: more layers, fewer epochs'},
	{preset: 'depth-5', estimators: ['bins'], paper: 'ST17: more layers, fewer epochs'},
	{preset: 'depth-6', estimators: ['bins'], paper: 'ST17: more layers, fewer epochs'},
	{preset: 'samples-5', estimators: ['bins'], paper: 'ST17: compression loses information about the label'},
	{preset: 'samples-45', estimators: ['bins'], paper: 'ST17: between'},
	{preset: 'samples-85', estimators: ['bins'], paper: 'ST17: compression keeps it'},
	{preset: 'random-labels', estimators: bounded, paper: 'nothing to learn, only to remember'},
	{preset: 'stochastic', estimators: ['bins'], paper: 'ST17: converged layers near the bound'},
	{preset: 'saxe-tanh', estimators: bounded, paper: 'S18: compression under bins'},
	{preset: 'saxe-relu', estimators: unbounded, paper: 'S18: none'},
	{
		preset: 'mnist-bottleneck-2', estimators: ['exact:8'], paper: 'L22: all layers fit, and the output compresses in every experiment', minutes: 60,
	},
	{
		preset: 'mnist-saxe', estimators: ['width:0.5', 'kde:0.1:loo'], paper: 'S18: tanh compresses in later layers, relu does not', minutes: 60,
	},
];
