/** Every epoch up to this one is measured. */
const dense = 20;

/** Ratio between neighbours after that: 300 measured epochs in 8000. */
const ratio = 1.0202;

/**
Which epochs are measured: 0 … 20, then log-spaced, and the last one. The grid does not depend on the length of the run, so
that runs of different lengths, and a run that is taken further, are measured at the same epochs.
*/
export function measuredEpochs(total: number): ReadonlySet<number> {
	const epochs = new Set<number>([0]);
	for (let epoch = 1; epoch < total; epoch = epoch < dense ? epoch + 1 : Math.max(epoch + 1, Math.round(epoch * ratio))) {
		epochs.add(epoch);
	}

	return epochs.add(total);
}
