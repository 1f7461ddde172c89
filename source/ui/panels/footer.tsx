import {Box, Text} from 'ink';
import {formatCount} from '../../chart/format.js';
import {footerText} from '../keys.js';

type FooterProperties = {
	readonly width: number;
	/** Said instead of the keys for a while: where a snapshot lies, a warning. */
	readonly notice: string | undefined;
	/** How many epochs a frozen picture is behind; undefined while it is live. */
	readonly behind: number | undefined;
};

/** What the footer would say beside the keys, for screens that have no room for one. */
export const asides = (notice: string | undefined, behind: number | undefined): string[] =>
	[behind === undefined ? '' : `FROZEN +${formatCount(behind)}`, notice ?? ''].filter(Boolean);

/** The keys, or what has just happened; to the right, whether the picture is frozen. */
export function Footer({width, notice, behind}: FooterProperties) {
	const badge = behind === undefined ? '' : ` FROZEN +${formatCount(behind)} epochs `;
	const room = width - badge.length - 1;
	return (
		<Box width={width} justifyContent='space-between'>
			<Text wrap='truncate' dimColor={notice === undefined}>{notice === undefined ? footerText(room) : ` ${notice}`.slice(0, room)}</Text>
			<Text inverse bold wrap='truncate'>{badge}</Text>
		</Box>
	);
}
