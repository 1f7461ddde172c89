import {Box, Text} from 'ink';
import {type Glyphs} from '../../chart/glyphs.js';

type PanelProperties = {
	readonly title: string;
	readonly width: number;
	readonly height: number;
	readonly glyphs: Glyphs;
	readonly children?: React.ReactNode;
};

/** A border with a title in its upper edge; charts are painted into it later, so it may be empty. */
export function Panel({title, width, height, glyphs, children}: PanelProperties) {
	const {border} = glyphs;
	const shown = ` ${title} `.slice(0, Math.max(0, width - 3));
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text>
				<Text dimColor>{border.topLeft + border.top}</Text>
				<Text bold>{shown}</Text>
				<Text dimColor>{border.top.repeat(Math.max(0, width - 3 - shown.length)) + border.topRight}</Text>
			</Text>
			<Box
				borderDimColor
				flexDirection='column'
				width={width}
				height={height - 1}
				borderTop={false}
				borderStyle={border}
			>
				{children}
			</Box>
		</Box>
	);
}
