import {Box, Text} from 'ink';
import {type KeyText, keys as allKeys} from '../keys.js';

/** Every key, in two columns where they fit, and how to read the plane, for as much room as there is. */
export function Help({width, height, keys = allKeys}: {readonly width: number; readonly height: number; readonly keys?: readonly KeyText[]}) {
	const columns = width >= 74 ? 2 : 1;
	const rows = Math.ceil(keys.length / columns);
	const room = Math.floor(width / columns) - 1;
	return (
		<Box flexDirection='column' width={width}>
			{Array.from({length: Math.min(rows, height)}, (_, row) => (
				<Text key={row} wrap='truncate'>
					{Array.from({length: columns}, (_, column) => keys[row + (column * rows)]).filter(key => key !== undefined).map(({label, brief}) => (
						<Text key={label}><Text bold>{` ${label.padEnd(8)}`}</Text>{brief.padEnd(room - 8).slice(0, room - 8)}</Text>
					))}
				</Text>
			))}
			{reading.slice(0, Math.max(0, height - rows)).map(text => <Text key={text} wrap='truncate'>{text}</Text>)}
		</Box>
	);
}

const reading = [
	' ',
	' A layer is a digit, its past a trail. To the right: bits it keeps of',
	' the input; up: of the label. Fitting goes up, compression left.',
	' Drift: the batches\' gradients agree, M > S. Diffusion: M < S.',
];
