/** What is reproduced, and what the papers and our own earlier trials (science.md section 7) say of it. */
export type Experiment = {
	readonly preset: string;
	/** The estimators whose figures are told. */
	readonly estimators: readonly string[];
	readonly paper: string;
};

const bounded = ['bins', 'width:0.07'] as const;
const unbounded = ['width:0.07', 'bins'] as const;

export const experiments: readonly Experiment[] = [
	{preset: 'tanh', estimators: bounded, paper: 'ST17: compression of the last layers'},
	{preset: 'relu', estimators: unbounded, paper: 'S18: no compression in hidden layers; an artefact under bins'},
	{preset: 'tanh-8bit', estimators: ['exact:8'], paper: 'L22: the output compresses, hidden layers some'},
	{preset: 'relu-8bit', estimators: ['exact:8'], paper: 'L22: the output compresses, hidden layers hardly'},
	{preset: 'tanh-4bit', estimators: ['exact:4'], paper: 'L22: as 8 bits, coarser'},
	{preset: 'relu-4bit', estimators: ['exact:4'], paper: 'L22: as 8 bits, coarser'},
	{preset: 'full-batch', estimators: bounded, paper: 'S18: compression without noise'},
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
];
