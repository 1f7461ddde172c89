/** What a person at the screen asks of whoever trains. */
import {isForeign} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {type HistoryStore} from '../history/store.js';

/** How the trainer is asked, and what is known of it. */
export type Requesting = {
	readonly store: HistoryStore;
	readonly requestPause: (isPaused: boolean) => void;
	readonly requestCheckpoint: () => void;
};

/** Each asks for it, or returns why there is nobody to ask. */
export const createRequests = (options: Requesting): {readonly togglePause: () => string | undefined; readonly keep: () => string | undefined} => ({
	togglePause: pauseToggle(options),
	keep() {
		const history = options.store.get();
		const nothing = isForeign(history) ? 'others train this network: ibtop has nothing to keep' : nothingToAsk(history);
		if (nothing === undefined) {
			options.requestCheckpoint();
		}

		return nothing;
	},
});

/** Asks for the opposite of what was asked for last, whether or not the trainer has answered yet. */
function pauseToggle({store, requestPause}: Requesting): () => string | undefined {
	let asked: boolean | undefined;
	return () => {
		const {isPaused} = store.get();
		const nothing = nothingToAsk(store.get());
		if (nothing !== undefined) {
			return nothing;
		}

		asked = asked === undefined || asked === isPaused ? !isPaused : !asked;
		requestPause(asked);
		return undefined;
	};
}

/** Why there is nobody to ask for anything, if there is nobody. */
function nothingToAsk({end, trainer}: History): string | undefined {
	if (end) {
		return 'the training has ended';
	}

	return trainer === 'died' || trainer === 'gone' ? `the trainer ${trainer === 'died' ? 'has died' : 'is gone'}: there is nobody to ask` : undefined;
}
