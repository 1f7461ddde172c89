import {useEffect, useLayoutEffect, useState} from 'react';
import {Box, useInput, useStdin} from 'ink';
import {formatCount} from '../chart/format.js';
import {type GlyphName, type Glyphs} from '../chart/glyphs.js';
import {isForeign} from '../history/about.js';
import {type History} from '../history/reduce.js';
import {currentEpoch} from '../history/select.js';
import {
	type Action, actionOf, keys, readerKeys, replayKeys, viewerKeys,
} from './keys.js';
import {layoutOf} from './layout.js';
import {Footer} from './panels/footer.js';
import {Header, StatusLine} from './panels/header.js';
import {Help} from './panels/help.js';
import {framesOf} from './frames.js';
import {plotsOf} from './plots.js';
import {type Painting} from './screen/compositor.js';
import {type Size} from './screen/terminal.js';
import {
	cursorText, epochsBehind, initialView, reduceView, shownHistory, type View,
} from './state.js';
import {typedKeys} from './typed-keys.js';

export type AppProperties = {
	readonly history: History;
	readonly size: Size;
	/** The glyphs of a name; what suits the terminal without one. */
	readonly glyphsOf: (name: GlyphName | undefined) => Glyphs;
	/** Whether the run was started from elsewhere: leaving does not stop it then, and the keys say so. */
	readonly isViewer?: boolean;
	/** Of a replay: what it is called, where nothing else is said of the picture. */
	readonly replay?: string | undefined;
	/** Said in the footer for as long as it holds. */
	readonly alert?: string | undefined;
	/** Said in the footer for a while, when it is new. */
	readonly news?: string | undefined;
	/** What is painted beside Ink, not by it. */
	readonly onPlots: (painting: Painting) => void;
	/** For what is not about the view: quit, pause, snapshot. What it returns is said in the footer. */
	readonly onAction: (action: Action, view: View) => string | undefined;
};

/** How long a notice stays in the footer, in milliseconds. */
const noticeTime = 5000;

/** The screen: layout and keys. All numbers come from the history, all choices are in the view. */
export function App({history, size, glyphsOf, isViewer = false, replay, alert, news, onPlots, onAction}: AppProperties) {
	// What suits the terminal is where `g` goes on from.
	const [view, setView] = useState(() => ({...initialView, glyphs: glyphsOf(undefined).name}));
	const [passing, setNotice] = useNotice(news, trainerSentence(history), history.announcement, history.warnings.at(-1));
	const {isRawModeSupported} = useStdin();
	const shown = shownHistory(view, history);
	const glyphs = glyphsOf(view.glyphs);
	const layout = layoutOf(size);
	const hasFooter = layout.kind === 'full' || (layout.kind === 'small' && layout.hasFooter);
	const body = layout.kind === 'line' ? 0 : size.rows - layout.header - (hasFooter ? 1 : 0);
	const badge = badgeOf(view, history, shown) ?? replay;
	const notice = alert ?? cursorText(view, shown) ?? (history.end?.reason === 'diverged' ? history.end.message : passing);

	useInput((input, key) => {
		for (const action of typedKeys(input, key).map(each => actionOf(each)).filter(each => each !== undefined)) {
			setView(current => reduceView(current, action, history));
			const said = onAction(action, view);
			if (said !== undefined) {
				setNotice(said);
			}
		}
	}, {isActive: Boolean(isRawModeSupported)});

	useLayoutEffect(() => {
		onPlots({
			plots: [...framesOf(shown, view, layout, glyphs), ...plotsOf(shown, view, layout, glyphs)],
			glyphs,
			gap: {after: layout.kind === 'line' ? 0 : layout.header, rows: view.isHelpOpen ? 0 : body},
		});
	});

	const asides = {badge, notice};
	const ownKeys = isForeign(history) ? readerKeys : keys;
	const watchedKeys = isViewer ? viewerKeys : ownKeys;
	const table = replay === undefined ? watchedKeys : replayKeys;
	if (layout.kind === 'line') {
		return <StatusLine history={shown} width={size.columns} asides={asides}/>;
	}

	return (
		<Box flexDirection='column' width={size.columns}>
			<Header history={shown} width={size.columns} lines={layout.header} asides={hasFooter ? {} : asides} glyphs={glyphs}/>
			{view.isHelpOpen ? <Box height={body} paddingX={1} paddingTop={1}><Help width={size.columns - 2} height={layout.main.height - 2} keys={table}/></Box> : undefined}
			{hasFooter ? <Footer width={size.columns} notice={notice} badge={badge} keys={table}/> : undefined}
		</Box>
	);
}

/** What is known of a trainer that says nothing itself. */
export function trainerSentence({trainer, end, isPaused, start}: History): string | undefined {
	if ((end !== undefined && trainer !== 'gone') || trainer === 'alive') {
		return undefined;
	}

	switch (trainer) {
		case 'died': {
			return start?.source ? deadReader(start.source.kind) : 'the trainer died before the end: ibtop resume goes on from its last checkpoint';
		}

		case 'gone': {
			return 'the folder of the run was removed: this is what was seen of it';
		}

		case 'full': {
			return 'the disk of the run is full: training goes on, and its events wait for room';
		}

		case 'silent': {
			return isPaused ? undefined : 'nothing has come for ten minutes: the trainer may have died';
		}
	}
}

/** Where others train, it is our reader, or their pipe, that is gone. */
const deadReader = (kind: string): string =>
	kind === 'pipe' ? 'the pipe ended before the run did: nothing more will come' : 'the reader died before the end: nothing more will come';

/** That the picture is not the live one, and how far it is from it. */
function badgeOf(view: View, live: History, shown: History): string | undefined {
	if (view.repeat !== undefined && live.repeats[view.repeat]) {
		return `REPEAT ${view.repeat + 1} of ${live.repeats.length}${live.repeats[view.repeat]!.isStuck ? ', stuck at chance' : ''}`;
	}

	if (view.scrubbed !== undefined) {
		return `EPOCH ${formatCount(currentEpoch(shown))} of ${formatCount(currentEpoch(live))}, end: live`;
	}

	return view.frozen ? `FROZEN +${formatCount(epochsBehind(view, live))} epochs` : undefined;
}

/** What is said in the footer for a while: what an action had to say, or else the newest of what happens by itself. */
function useNotice(...news: ReadonlyArray<string | undefined>): [string | undefined, (text: string) => void] {
	const [said, setSaid] = useState<string | undefined>();
	const [seen, setSeen] = useState<ReadonlySet<string | undefined>>(new Set());
	const notice = said ?? news.find(text => text !== undefined && !seen.has(text));
	useEffect(() => {
		const timer = notice === undefined
			? undefined
			: setTimeout(() => {
				setSaid(undefined);
				setSeen(before => new Set([...before, notice]));
			}, noticeTime);
		return () => {
			clearTimeout(timer);
		};
	}, [notice]);
	return [notice, setSaid];
}
