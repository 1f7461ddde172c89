import {Box, Text} from 'ink';
import {keys} from '../keys.js';

/** Every key, and how to read the plane, for as much room as there is. */
export function Help({width, height}: {readonly width: number; readonly height: number}) {
	const lines = [...keys.map(({label, description}) => ({label, text: description})), ...reading.map(text => ({label: '', text}))];
	return (
		<Box flexDirection='column' paddingX={1} width={width}>
			{lines.slice(0, height).map(({label, text}) => (
				<Text key={label + text} wrap='truncate'><Text bold>{label.padEnd(8)}</Text>{text}</Text>
			))}
		</Box>
	);
}

const reading = [
	'',
	'A layer is a digit, its past a trail. To the right: bits it keeps of',
	'the input; up: of the label. Fitting goes up, compression left.',
	'Drift: the batches\' gradients agree, M > S. Diffusion: M < S.',
];
