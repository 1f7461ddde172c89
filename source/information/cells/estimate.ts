import {type Discretise} from '../discretise.js';
import {type Information, informationOfGroups, type Target} from '../entropy.js';
import {groupRows} from '../group.js';
import {isFloat32, type LayerActivations} from '../layer-activations.js';
import {informationOfMemory} from './information.js';
import {type CellKernel} from './kernels.js';
import {CellMemory} from './memory.js';

/** Of four bytes each; four times as many at the worst, where values are sorted. */
const mostNumbers = 2 ** 26;

/**
The information of a layer whose activations are put into cells, by the fastest way that there is; all of them give the same bits. The
kernel is for float32; cells of float64 activations are found by `discretise`, and so are those that the kernel leaves to it. Layers too
large for WebAssembly's memory do without it.
*/
export function informationOfCells(layer: LayerActivations, target: Target, discretise: Discretise, kernel?: CellKernel): Information {
	const {rows, units, values} = layer;
	if (values.length === 0 || rows * (units + target.classes + 16) > mostNumbers) {
		const cells = new Int32Array(values.length);
		discretise(layer, cells);
		return informationOfGroups(groupRows(rows, units, cells), target);
	}

	const memory = new CellMemory(layer);
	if (!(kernel && isFloat32(layer) && hasCells(memory, values, kernel))) {
		discretise(layer, memory.view());
	}

	return informationOfMemory(memory, target);
}

function hasCells(memory: CellMemory, values: LayerActivations['values'], kernel: CellKernel): boolean {
	memory.setValues(values);
	return kernel(memory);
}
