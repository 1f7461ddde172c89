import {Box, Text} from 'ink';
import {accent} from '../../chart/palette.js';
import {type Glyphs} from '../../chart/glyphs.js';
import {titleOf} from '../../history/about.js';
import {type History} from '../../history/reduce.js';
import {networkPhase} from '../../history/select.js';
import {
	describeTraining, epochText, fitSegments, phaseText, progressOf, progressSegments, type Segment,
} from '../headline.js';

type HeaderProperties = {
	readonly history: History;
	readonly width: number;
	/** 2: what is trained, and how far it is. 1: the essence of both. */
	readonly lines: number;
	/** What else is to be said, where there is no footer: a notice only if it fits. */
	readonly asides: {readonly badge?: string | undefined; readonly notice?: string | undefined};
	readonly glyphs: Glyphs;
};

/** What is trained, in which phase it is, how far it is and how well. */
export function Header({history, width, lines, asides, glyphs}: HeaderProperties) {
	const phase = phaseText(history);
	const inner = width - 2;
	if (lines === 1) {
		return <Box width={width}><Text> </Text><Segments segments={fitSegments(essence(history, phase, asides), inner)}/></Box>;
	}

	const name: Segment = {text: 'ibtop', rank: 1};
	return (
		<Box flexDirection='column' width={width}>
			<Box justifyContent='space-between' width={width} paddingX={1}>
				<Segments segments={fitSegments([name, ...describeTraining(history)], inner - phase.length - 2)}/>
				<PhaseBadge history={history} phase={phase}/>
			</Box>
			<ProgressLine history={history} width={width} glyphs={glyphs}/>
		</Box>
	);
}

/** Everything in one line, for the smallest screens. */
export function StatusLine({history, width, asides}: Pick<HeaderProperties, 'history' | 'width' | 'asides'>) {
	return <Segments segments={fitSegments(essence(history, phaseText(history), asides), width)}/>;
}

const essence = (history: History, phase: string, {badge = '', notice = ''}: HeaderProperties['asides']): Segment[] => [
	{text: badge, rank: 0, isStrong: true},
	{text: history.start ? titleOf(history.start) : 'ibtop', rank: 4, isStrong: true},
	{text: epochText(history), rank: 1},
	{text: notice, rank: 2, isStrong: true},
	{text: phase, rank: 3},
	...progressSegments(history).map(segment => ({...segment, rank: segment.rank + 5})),
];

function ProgressLine({history, width, glyphs}: Omit<HeaderProperties, 'lines' | 'asides'>) {
	const fraction = progressOf(history);
	if (fraction === undefined) {
		return <Box width={width} paddingX={1}><Segments segments={fitSegments([{text: epochText(history), rank: 0}, ...progressSegments(history)], width - 2)}/></Box>;
	}

	const percent = history.start ? `${Math.floor(fraction * 100)} %` : '';
	const head = epochText(history);
	const barWidth = Math.max(6, Math.min(40, width - 72));
	// Two margins and three gaps; the percentage is as wide as it will be at the end.
	const segments = fitSegments(progressSegments(history), width - head.length - percent.padEnd(5).length - barWidth - 5);
	const done = Math.round(fraction * barWidth);
	return (
		<Box width={width} paddingX={1} gap={1}>
			<Text wrap='truncate'>{head}</Text>
			<Text wrap='truncate'>
				<Text color={`ansi256(${accent.good})`}>{glyphs.progress[0].repeat(done)}</Text>
				<Text dimColor>{glyphs.progress[1].repeat(barWidth - done)}</Text>
			</Text>
			<Text wrap='truncate'>{percent.padEnd(5)}</Text>
			<Segments segments={segments}/>
		</Box>
	);
}

/** The phase in words; the colour only repeats them. */
function PhaseBadge({history, phase}: {readonly history: History; readonly phase: string}) {
	const isOver = networkPhase(history).name === 'diffusion';
	return <Text bold wrap='truncate' color={`ansi256(${isOver ? accent.mark : accent.good})`}>{phase}</Text>;
}

function Segments({segments}: {readonly segments: readonly Segment[]}) {
	return (
		<Text wrap='truncate'>
			{weighted(segments).map(({text, isStrong}) => isStrong ? <Text key={text} bold>{text}</Text> : text)}
		</Text>
	);
}

/** Two spaces apart; neighbours that look alike are one text, since each costs in every frame. */
function weighted(segments: readonly Segment[]): Array<{text: string; isStrong: boolean}> {
	const texts: Array<{text: string; isStrong: boolean}> = [];
	for (const [index, {text, isStrong = false}] of segments.entries()) {
		const spaced = index === 0 ? text : `  ${text}`;
		const last = texts.at(-1);
		if (last?.isStrong === isStrong) {
			last.text += spaced;
		} else {
			texts.push({text: spaced, isStrong});
		}
	}

	return texts;
}
