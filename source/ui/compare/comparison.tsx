import {useLayoutEffect, useState} from 'react';
import {Box, useInput, useStdin} from 'ink';
import {formatCount} from '../../chart/format.js';
import {frameChart} from '../../chart/frame.js';
import {type GlyphName, type Glyphs} from '../../chart/glyphs.js';
import {safeText} from '../../safe-text.js';
import {Footer} from '../panels/footer.js';
import {StatusLine} from '../panels/header.js';
import {Help} from '../panels/help.js';
import {type Painting, type Plot} from '../screen/compositor.js';
import {type Size} from '../screen/terminal.js';
import {type CommonAction} from '../stage.js';
import {typedKeys} from '../typed-keys.js';
import {compareActionOf, compareKeys} from './keys.js';
import {
	commonDomain, epochsOf, estimatorsOf, type Member, membersAt,
} from './members.js';
import {tilePlots} from './tile.js';
import {pageCount, tilingOf} from './tiling.js';
import {
	type CompareView, initialCompareView, reduceCompareView, shownPage,
} from './view.js';

export type ComparisonProperties = {
	readonly members: readonly Member[];
	readonly size: Size;
	/** The glyphs of a name; what suits the terminal without one. */
	readonly glyphsOf: (name: GlyphName | undefined) => Glyphs;
	/** Said in the footer for as long as it holds. */
	readonly alert?: string | undefined;
	readonly onPlots: (painting: Painting) => void;
	readonly onAction: (action: CommonAction) => void;
};

/** Several runs as small planes side by side, on one scale. */
export function Comparison({members, size, glyphsOf, alert, onPlots, onAction}: ComparisonProperties) {
	const [view, setView] = useState(() => ({...initialCompareView, glyphs: glyphsOf(undefined).name}));
	const {isRawModeSupported} = useStdin();
	const glyphs = glyphsOf(view.glyphs);
	const tiling = tilingOf(size, members.length);
	const pages = pageCount(tiling, members.length);
	const first = shownPage(view, pages) * tiling.perPage;
	const shown = membersAt(members.slice(first, first + tiling.perPage), view.scrubbed);

	useInput((input, key) => {
		for (const action of typedKeys(input, key).map(each => compareActionOf(each)).filter(each => each !== undefined)) {
			setView(current => reduceCompareView(current, action, {pages, epochs: () => epochsOf(members)}));
			if (action === 'quit' || action === 'interrupt' || action === 'repaint' || action === 'suspend') {
				onAction(action);
			}
		}
	}, {isActive: Boolean(isRawModeSupported)});

	useLayoutEffect(() => {
		const estimators = estimatorsOf(members);
		const look = {
			domain: commonDomain(members), estimator: estimators[view.estimator % estimators.length] ?? '', colorBy: view.colorBy, glyphs,
		};
		onPlots({
			plots: tiling.kind === 'line' ? [] : (view.isHelpOpen ? [helpFrame(size, glyphs)] : shown.flatMap((member, index) => tilePlots(member, tiling.tiles[index]!, look))),
			glyphs,
			gap: {after: 0, rows: tiling.kind === 'line' || view.isHelpOpen ? 0 : size.rows - 1},
		});
	});

	const badge = badgeOf(view, pages);
	const table = pages === 1 ? compareKeys.filter(({inputs}) => !Object.values(inputs).includes('next-page')) : compareKeys;
	if (tiling.kind === 'line') {
		const {name, history, problem} = shown[0]!;
		return <StatusLine history={history} width={size.columns} asides={{badge: [safeText(name, 40), badge].filter(Boolean).join('  '), notice: problem}}/>;
	}

	return (
		<Box flexDirection='column' width={size.columns}>
			{view.isHelpOpen ? <Box height={size.rows - 1} paddingX={1} paddingTop={1}><Help width={size.columns - 2} height={size.rows - 3} keys={table}/></Box> : undefined}
			<Footer width={size.columns} notice={alert} badge={badge} keys={table}/>
		</Box>
	);
}

const helpFrame = ({columns, rows}: Size, glyphs: Glyphs): Plot => ({column: 0, row: 0, grid: frameChart('help', columns, rows - 1, glyphs)});

/** Which of the runs are shown, and that they are not shown as they are now. */
function badgeOf(view: CompareView, pages: number): string | undefined {
	const parts = [
		view.scrubbed === undefined ? '' : `EPOCH ${formatCount(view.scrubbed)}, end: live`,
		pages === 1 ? '' : `page ${shownPage(view, pages) + 1} of ${pages}`,
	].filter(Boolean);
	return parts.length === 0 ? undefined : parts.join('  ');
}
