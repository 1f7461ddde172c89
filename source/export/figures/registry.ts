import {comparisonFigure} from './comparison.js';
import {type FigureOptions, type Specification, type Subject} from './figure.js';
import {type FigureName} from './names.js';
import {gradientsFigure} from './gradients.js';
import {lossFigure} from './loss.js';
import {planeFigure} from './plane.js';

/** How a figure is made, and of what. */
export type FigureKind
	= | {readonly of: 'a run'; readonly build: (subjects: readonly [Subject], options: FigureOptions) => Specification}
		| {readonly of: 'all runs'; readonly build: (subjects: readonly Subject[], options: FigureOptions) => Specification};

/** Every figure, by the name that `--figure` takes. */
export const figures: Readonly<Record<FigureName, FigureKind>> = {
	plane: {of: 'a run', build: planeFigure},
	gradients: {of: 'all runs', build: gradientsFigure},
	loss: {of: 'all runs', build: lossFigure},
	comparison: {of: 'all runs', build: comparisonFigure},
};
