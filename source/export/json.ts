import {type Subject} from './figures/figure.js';

/** All that is known of the runs, as one object: settings, series, repeats one by one, switches and onsets. */
export const runsJson = (subjects: readonly Subject[]): string => `${JSON.stringify({
	kind: 'ibtop-export',
	version: 1,
	runs: subjects.map(({name, history: {start, epochs, phases, repeats, end}}) => ({
		name,
		start,
		epochs,
		phases,
		...(repeats.length > 0 && {
			repeats: repeats.map(({history, isStuck}) => ({
				seed: history.start?.seed, isStuck, epochs: history.epochs, phases: history.phases, end: history.end,
			})),
		}),
		end,
	})),
})}\n`;
