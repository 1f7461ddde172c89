import {Box, Text} from 'ink';
import {footerText, type KeyText} from '../keys.js';

type FooterProperties = {
	readonly width: number;
	/** Said instead of the keys: where a snapshot lies, a warning, what the cursor is on. */
	readonly notice: string | undefined;
	/** That the picture is not the live one. */
	readonly badge: string | undefined;
	readonly keys: readonly KeyText[];
};

/** The keys, or what has just happened; to the right, whether the picture is a live one. */
export function Footer({width, notice, badge, keys}: FooterProperties) {
	const shownBadge = badge === undefined ? '' : ` ${badge} `;
	const room = width - shownBadge.length - 1;
	return (
		<Box width={width} justifyContent='space-between'>
			<Text wrap='truncate' dimColor={notice === undefined}>{notice === undefined ? footerText(room, keys) : ` ${notice}`.slice(0, room)}</Text>
			<Text inverse bold wrap='truncate'>{shownBadge}</Text>
		</Box>
	);
}
