/**
The activation functions of the hidden layers, by name. Each engine keeps a table of implementations with these keys, so that a
new name here does not compile until every engine has it.
*/
export const activations = {
	tanh: 'tanh(z), bounded by ±1',
	relu: 'max(0, z)',
	sigmoid: '1 / (1 + e^−z), bounded by 0 and 1',
	linear: 'z',
	softplus: 'ln(1 + e^z)',
	softsign: 'z / (1 + |z|), bounded by ±1',
} as const;

export type ActivationName = keyof typeof activations;
export const activationNames = Object.keys(activations) as ActivationName[];
