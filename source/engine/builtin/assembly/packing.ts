/** Parts of panels brought side by side for the kernels of the gradients. */
import {vectorBytes} from './panels';

/** `count` of the `fanIn` inputs of each panel, as if there were no others. */
export function packInputs(packed: usize, input: usize, fanIn: usize, count: usize, panels: usize): void {
	for (let panel: usize = 0; panel < panels; panel++) {
		for (let at: usize = 0; at < count * vectorBytes; at += vectorBytes) {
			v128.store(packed + at, v128.load(input + at));
			v128.store(packed + at, v128.load(input + at, 16), 16);
		}

		packed += count * vectorBytes;
		input += fanIn * vectorBytes;
	}
}

/** The deltas of a unit and, in a pair, of the next one, panel by panel; zeros where there is no next one. */
export function packDeltas(packed: usize, delta: usize, units: usize, panels: usize, isPair: bool): void {
	const zero = f32x4.splat(0);
	for (let panel: usize = 0; panel < panels; panel++) {
		v128.store(packed, v128.load(delta));
		v128.store(packed, v128.load(delta, 16), 16);
		v128.store(packed, isPair ? v128.load(delta, 32) : zero, 32);
		v128.store(packed, isPair ? v128.load(delta, 48) : zero, 48);
		packed += 64;
		delta += units * vectorBytes;
	}
}
