import {type RunEvent} from '../../source/run/events.js';

const isMeasured = ({type}: RunEvent) => ['epoch', 'phase', 'stuck', 'repeat-end'].includes(type);
const repeatOf = (event: RunEvent): number => 'repeat' in event && typeof event.repeat === 'number' ? event.repeat : 1;

/** What counts of a run that was resumed: by repeat, its measured epochs and what was found in them, in their order, without times. */
export function standingEvents(events: readonly RunEvent[]): Map<number, string[]> {
	const standing = new Map<number, RunEvent[]>();
	for (const event of events) {
		if (event.type === 'resume') {
			for (const {repeat = 1, epoch} of event.from ?? []) {
				const own = standing.get(repeat) ?? [];
				const first = own.findIndex(each => each.type === 'epoch' && each.epoch >= epoch);
				standing.set(repeat, first === -1 ? own : own.slice(0, first));
			}
		} else if (isMeasured(event)) {
			standing.set(repeatOf(event), [...standing.get(repeatOf(event)) ?? [], event]);
		}
	}

	return new Map([...standing].toSorted(([a], [b]) => a - b).map(([repeat, own]) =>
		[repeat, own.map(event => JSON.stringify(event.type === 'epoch' ? {...event, seconds: 0} : event))]));
}
