import {describe, expect, it} from 'vitest';
import {
	firstEpoch, sample, tanhLike, withNoise,
} from '../helpers/curves.js';
import {PhaseAnnouncer} from '../../source/phase/announce.js';
import {findOnset} from '../../source/phase/onset.js';
import {analyseSwitch} from '../../source/phase/switch.js';
import {Random} from '../../source/random.js';
import {type EpochEvent, type PhaseEvent} from '../../source/run/events.js';

type LayerPoint = {readonly ratio: number | null; readonly information?: Readonly<Record<string, number>>};

/** An epoch event of which nothing but the ratios and I(X;T) matter. */
const epochEvent = (epoch: number, layers: readonly LayerPoint[]): EpochEvent => ({
	type: 'epoch',
	epoch,
	seconds: 0,
	loss: 0,
	accuracy: {train: 1, test: 1},
	layers: layers.map(({ratio, information = {}}, index) => ({
		layer: index + 1,
		information: Object.fromEntries(Object.entries(information).map(([id, x]) => [id, {x, y: 0}])),
		gradient: {mean: ratio ?? 1, std: ratio === null ? 0 : 1, ratio},
		weightNorm: 1,
	})),
});

/** What is announced while the points of one layer come in one by one. */
const announcements = (points: ReadonlyArray<LayerPoint & {readonly epoch: number}>): PhaseEvent[] => {
	const announcer = new PhaseAnnouncer();
	return points.flatMap(({epoch, ...point}) => announcer.take(epochEvent(epoch, [point])));
};

const switches = (events: readonly PhaseEvent[]) => events.filter(({event}) => event === 'diffusion').map(({epoch}) => epoch);

describe('the switch', () => {
	it('is announced once, with the epoch of the crossing', () => {
		const points = sample(tanhLike.output);
		expect(announcements(points)).toEqual([{
			type: 'phase', layer: 1, event: 'diffusion', epoch: firstEpoch(points, 45, 'below'),
		}]);
	});

	it('is announced when it is sure: three measured epochs after the crossing', () => {
		const points = sample(tanhLike.output);
		const crossing = points.findIndex(({epoch, ratio}) => epoch > 45 && ratio < 1);
		expect(announcements(points.slice(0, crossing + 3))).toEqual([]);
		expect(announcements(points.slice(0, crossing + 4))).toHaveLength(1);
	});

	it('announced at an early dip is withdrawn with epoch null when a higher peak follows, and announced anew after it', () => {
		const points = sample(tanhLike.dip);
		const dip = firstEpoch(points, 0, 'below');
		expect(switches(announcements(points))).toEqual([dip, null, firstEpoch(points, 45, 'below')]);
		expect(dip).toBeLessThan(10);
	});

	it('that was withdrawn stays so if no crossing follows', () => {
		const points = sample([[0, 1.8], [3, 1.3], [5, 0.7], [18, 0.7], [22, 1.2], [45, 15], [8000, 2]]);
		expect(switches(announcements(points))).toEqual([firstEpoch(points, 0, 'below'), null]);
	});

	it('is followed by one announcement for each reversal, and does not move', () => {
		const points = sample(tanhLike.output).map(point => point.epoch >= 1500 && point.epoch <= 2500 ? {...point, ratio: 2} : point);
		expect(announcements(points)).toEqual([
			{
				type: 'phase', layer: 1, event: 'diffusion', epoch: firstEpoch(points, 45, 'below'),
			},
			{
				type: 'phase', layer: 1, event: 'reversal', epoch: firstEpoch(points, 1400, 'above'),
			},
		]);
	});

	it.each([
		['stays in drift', sample([[0, 1.8], [8000, 15]])],
		['never drifts', sample([[0, 0.9], [8000, 0.1]])],
		['has no spread', sample([[0, 1], [8000, 1]]).map(point => ({...point, ratio: null}))],
	])('is not announced for a layer that %s', (_, points) => {
		expect(announcements(points)).toEqual([]);
	});
});

describe('the onset of compression', () => {
	/** I(X;T) rises for fifty epochs by three bits and falls by `fall` afterwards; the ratio tells nothing. */
	const points = (fall: number) => sample([[0, 1], [8000, 1]]).map(({epoch}) => {
		const x = epoch <= 50 ? 5 + (3 * epoch / 50) : 8 - (fall * Math.log(epoch / 50) / Math.log(160));
		return {epoch, ratio: null, information: {bins: x, 'width:0.07': 8}};
	});

	it('is announced for the estimator under which it is seen, with its epoch', () => {
		const found = announcements(points(4));
		expect(found).toEqual([{
			type: 'phase', layer: 1, event: 'compression', estimator: 'bins', epoch: findOnset(points(4).map(({epoch, information}) => ({epoch, x: information.bins})))!,
		}]);
		expect(Math.abs(found[0]!.epoch! - 50)).toBeLessThanOrEqual(2);
	});

	it('is not announced for less than a bit', () => {
		expect(announcements(points(0.9))).toEqual([]);
	});

	it('is withdrawn when information rises higher than before', () => {
		const later = points(4).map(({epoch, ratio, information}) => ({
			epoch, ratio, information: {bins: epoch > 2000 ? 11 : information.bins},
		}));
		const [announced] = announcements(points(4));
		expect(announcements(later).map(({epoch}) => epoch)).toEqual([announced!.epoch, null]);
	});
});

describe('announcements, replayed one by one,', () => {
	/** What stands after them: the last word on each thing. */
	const standing = (events: readonly PhaseEvent[]) => {
		const onsets: Record<string, number | null> = {};
		let diffusion: number | null = null;
		let reversals: number[] = [];
		for (const {event, epoch, estimator} of events) {
			if (event === 'diffusion') {
				diffusion = epoch;
				reversals = [];
			} else if (event === 'reversal') {
				reversals.push(epoch!);
			} else {
				onsets[estimator!] = epoch;
			}
		}

		return {diffusion, reversals, onset: onsets['bins'] ?? null};
	};

	it.each([
		['output', tanhLike.output],
		['dip', tanhLike.dip],
		['lastHidden', tanhLike.lastHidden],
		['first', tanhLike.first],
	])('say at every moment what the analysis of all points so far says: %s, in much noise', (_, knots) => {
		for (let seed = 1; seed <= 4; seed++) {
			const random = Random.stream(seed, 'test');
			const noisy = withNoise(sample(knots), 0.5, seed).map(point => ({
				...point, information: {bins: 6 + (2 * Math.sin(point.epoch / 300)) + (0.3 * random.normal())},
			}));
			const announcer = new PhaseAnnouncer();
			const events: PhaseEvent[] = [];
			for (const [index, {epoch, ...point}] of noisy.entries()) {
				events.push(...announcer.take(epochEvent(epoch, [point])));
				const soFar = noisy.slice(0, index + 1);
				const analysis = analyseSwitch(soFar);
				expect(standing(events)).toEqual({
					diffusion: analysis.state === 'switched' ? analysis.epoch : null,
					reversals: analysis.state === 'switched' ? analysis.reversals : [],
					onset: findOnset(soFar.map(({epoch, information}) => ({epoch, x: information.bins}))),
				});
			}
		}
	});

	it('never repeat what stands', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const said = announcements(withNoise(sample(tanhLike.dip), 0.5, seed)).filter(({event}) => event === 'diffusion');
			expect(said.every(({epoch}, index) => epoch !== (said[index - 1]?.epoch ?? null))).toBe(true);
		}
	});

	it('of one layer do not depend on the other layers', () => {
		const together = new PhaseAnnouncer();
		const curves = [sample(tanhLike.first), sample(tanhLike.lastHidden), sample(tanhLike.dip)];
		const events = curves[0]!.flatMap(({epoch}, index) => together.take(epochEvent(epoch, curves.map(points => points[index]!))));
		for (const [index, points] of curves.entries()) {
			expect(events.filter(({layer}) => layer === index + 1).map(({layer, ...said}) => said))
				.toEqual(announcements(points).map(({layer, ...said}) => said));
		}
	});
});

it('events that are not of an epoch say nothing', () => {
	const announcer = new PhaseAnnouncer();
	expect(announcer.take({type: 'warning', message: 'low disk'})).toEqual([]);
	expect(announcer.take({type: 'end', reason: 'finished', epoch: 3})).toEqual([]);
});

it('an epoch without gradients counts as one without a ratio', () => {
	const announcer = new PhaseAnnouncer();
	const points = sample(tanhLike.output);
	const events = points.flatMap(({epoch, ratio}, index) => {
		const event = epochEvent(epoch, [{ratio}]);
		return announcer.take(index % 10 === 9 ? {...event, layers: event.layers.map(layer => ({...layer, gradient: null}))} : event);
	});
	expect(switches(events)).toEqual([firstEpoch(points.filter((_, index) => index % 10 !== 9), 45, 'below')]);
});
