export {binCells} from './bins';
export {groupRows} from './group';
export {sumGroups} from './information';
export {levelCells} from './levels';
export {measureRange} from './range';
export {sortValues} from './sort';
export {gatherValues, placeCells, spreadValues} from './spread';
export {uniformCells} from './uniform';
export {widthCells} from './width';
