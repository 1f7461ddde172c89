import {useEffect, useLayoutEffect, useState} from 'react';
import {
	Box, type Key, Text, useInput, useStdin,
} from 'ink';
import {type Glyphs} from '../chart/glyphs.js';
import {type History} from '../history/reduce.js';
import {estimatorAt} from '../history/select.js';
import {parseEstimator} from '../information/registry.js';
import {type Action, actionOf} from './keys.js';
import {type Layout, layoutOf} from './layout.js';
import {asides, Footer} from './panels/footer.js';
import {Header, StatusLine} from './panels/header.js';
import {Help} from './panels/help.js';
import {Panel} from './panels/panel.js';
import {plotsOf} from './plots.js';
import {type Plot} from './screen/compositor.js';
import {type Size} from './screen/terminal.js';
import {
	epochsBehind, initialView, reduceView, type View,
} from './state.js';

export type AppProperties = {
	readonly history: History;
	readonly size: Size;
	readonly glyphs: Glyphs;
	/** Said in the footer for as long as it holds. */
	readonly alert?: string | undefined;
	/** Where the charts go: they are painted beside Ink, not by it. */
	readonly onPlots: (plots: readonly Plot[]) => void;
	/** For what is not about the view: quit, pause, snapshot. What it returns is said in the footer. */
	readonly onAction: (action: Action, view: View) => string | undefined;
};

/** How long a notice stays in the footer, in milliseconds. */
const noticeTime = 5000;

/** The screen: layout and keys. All numbers come from the history, all choices are in the view. */
export function App({history, size, glyphs, alert, onPlots, onAction}: AppProperties) {
	const [view, setView] = useState(initialView);
	const [passing, setNotice] = useNotice(history.warnings.at(-1));
	const notice = alert ?? (history.end?.reason === 'diverged' ? history.end.message : passing);
	const behind = view.frozen ? epochsBehind(view, history) : undefined;
	const {isRawModeSupported} = useStdin();
	// A frozen picture is of the past; whether the training is paused or over is always of now.
	const shown = view.frozen ? {...view.frozen, isPaused: history.isPaused, end: history.end} : history;
	const layout = layoutOf(size);

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
		onPlots(plotsOf(shown, view, layout, glyphs));
	});

	if (layout.kind === 'line') {
		return <StatusLine history={shown} width={size.columns} asides={asides(notice, behind)}/>;
	}

	const hasFooter = layout.kind === 'full' || layout.hasFooter;
	return (
		<Box flexDirection='column' width={size.columns}>
			<Header history={shown} width={size.columns} lines={layout.header} asides={hasFooter ? [] : asides(notice, behind)} glyphs={glyphs}/>
			<Panels history={shown} view={view} layout={layout} glyphs={glyphs}/>
			{layout.kind === 'small' && layout.spark ? <Text> </Text> : undefined}
			{hasFooter ? <Footer width={size.columns} notice={notice} behind={behind}/> : undefined}
		</Box>
	);
}

type PanelsProperties = {readonly history: History; readonly view: View; readonly layout: Exclude<Layout, {kind: 'line'}>; readonly glyphs: Glyphs};

function Panels({history, view, layout, glyphs}: PanelsProperties) {
	const {main} = layout;
	if (view.isHelpOpen) {
		const width = layout.kind === 'full' ? main.width + layout.side.width : main.width;
		return <Panel title='help' width={width} height={main.height} glyphs={glyphs}><Help width={width - 2} height={main.height - 2}/></Panel>;
	}

	return (
		<Box>
			<Panel title={titleOf(history, view, glyphs)} width={main.width} height={main.height} glyphs={glyphs}/>
			{layout.kind === 'full'
				? <Panel title={gradientTitle(history, glyphs)} width={layout.side.width} height={layout.side.height} glyphs={glyphs}/>
				: undefined}
		</Box>
	);
}

/** The ratio grows with the root of the batch size, so that stands beside it. */
const gradientTitle = ({start}: History, {separator}: Glyphs): string =>
	['gradients M/S', start ? `batch ${start.preset.training.batchSize}` : ''].filter(Boolean).join(` ${separator} `);

function titleOf(history: History, view: View, {separator}: Glyphs): string {
	const batch = history.start ? ` ${separator} batch ${history.start.preset.training.batchSize}` : '';
	switch (view.page) {
		case 'plane': {
			const id = estimatorAt(history, view.estimator);
			return ['information plane', id && parseEstimator(id).title, 'bits'].filter(Boolean).join(` ${separator} `);
		}

		case 'gradients': {
			return `gradients ${separator} M/S of each layer, log${batch}`;
		}

		case 'loss': {
			return `training loss ${separator} nats, log`;
		}
	}
}

/** Ink's view of the keyboard as what the terminal sent: the key table's form. Keys typed fast arrive together. */
function typedKeys(input: string, key: Key): string[] {
	if (key.tab) {
		return ['\t'];
	}

	if (key.escape) {
		return ['\u001B'];
	}

	return key.ctrl ? [String.fromCodePoint((input.codePointAt(0) ?? 0) % 32)] : [...input];
}

/** What is said in the footer: what an action had to say, for a while, or else the newest warning, for as long. */
function useNotice(warning: string | undefined): [string | undefined, (text: string) => void] {
	const [said, setSaid] = useState<string | undefined>();
	const [seen, setSeen] = useState<string | undefined>();
	const notice = said ?? (warning === seen ? undefined : warning);
	useEffect(() => {
		const timer = notice === undefined
			? undefined
			: setTimeout(() => {
				setSaid(undefined);
				setSeen(warning);
			}, noticeTime);
		return () => {
			clearTimeout(timer);
		};
	}, [notice, warning]);
	return [notice, setSaid];
}
