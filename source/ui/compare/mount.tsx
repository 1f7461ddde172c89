import {createTeller} from '../../history/teller.js';
import {type Departure, type StageLook, takeStage} from '../stage.js';
import {Comparison} from './comparison.js';
import {type Member} from './members.js';

export type ComparisonOptions = StageLook & {
	readonly members: () => readonly Member[];
	/** Begins to follow the runs; `onChange` may be called as often as they change. */
	readonly follow: (signal: AbortSignal, onChange: () => void) => void;
	/** Milliseconds from one picture of what happens by itself to the next. */
	readonly interval: () => number;
};

/** Shows several runs until the user leaves, or a signal comes; the runs do not notice. */
export const showComparison = async ({members, follow, interval, ...look}: ComparisonOptions): Promise<Departure> => takeStage(look, stage => ({
	element: () => (
		<Comparison
			members={members()}
			size={stage.size()}
			glyphsOf={stage.glyphsOf}
			alert={stage.slowSentence()}
			onPlots={stage.paint}
			onAction={stage.obey}
		/>
	),
	leave(_by, exitCode) {
		stage.depart({kind: 'left', exitCode});
	},
	begin() {
		const reading = new AbortController();
		follow(reading.signal, createTeller(interval, stage.redraw));
		return () => {
			reading.abort();
		};
	},
}));
