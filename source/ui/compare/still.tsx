import {type Glyphs} from '../../chart/glyphs.js';
import {type Grid} from '../../chart/grid.js';
import {type Size} from '../screen/terminal.js';
import {stillOf} from '../still.js';
import {Comparison} from './comparison.js';
import {type Member} from './members.js';

/** One frame of a comparison, its first page, without a terminal. */
export const stillComparison = (members: readonly Member[], size: Size, glyphs: Glyphs): Grid =>
	stillOf(size, paint => <Comparison members={members} size={size} glyphsOf={() => glyphs} onPlots={paint} onAction={() => undefined}/>);
