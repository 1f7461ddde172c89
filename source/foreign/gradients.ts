import {type UserError} from '../errors.js';
import {type NpyArray} from '../npz/npy.js';
import {GradientStatistics, type GradientSummary, norm} from '../probes/gradients.js';

/** Mean and spread of the gradients that a file holds of an epoch's batches: batches × parameters, however many dimensions a parameter has. */
export function summariseBatches({shape, values}: NpyArray, refuse: (complaint: string) => UserError): GradientSummary {
	const batches = shape[0] ?? 0;
	if (shape.length < 2 || batches === 0 || values.length === 0) {
		throw refuse(`must hold the gradients of the batches, one a row, and has the shape (${shape.join(', ')}): stack them with np.stack`);
	}

	const parameters = values.length / batches;
	const statistics = new GradientStatistics();
	for (let batch = 0; batch < batches; batch++) {
		// Added up in float64, whatever they come in.
		statistics.add([values.subarray(batch * parameters, (batch + 1) * parameters)]);
	}

	const [summary] = statistics.summarise();
	if (!summary) {
		throw refuse('holds NaN or infinite gradients: look at the training');
	}

	return summary;
}

/** From the mean and the standard deviation of each parameter's gradient over the batches. */
export function summariseMoments(mean: NpyArray, std: NpyArray, refuse: (complaint: string) => UserError): GradientSummary {
	const [signal, noise] = [norm(mean.values), norm(std.values)];
	if (!Number.isFinite(signal + noise) || std.values.some(value => value < 0)) {
		throw refuse('must hold standard deviations, and has numbers that are none, or a mean that is not finite');
	}

	return {mean: signal, std: noise, ratio: noise > 0 ? signal / noise : null};
}
