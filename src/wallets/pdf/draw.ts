import type { drawPaper as draw } from './draw-paper.ts';

/**
 * A badge on paper, as `draw-paper` promises. What draws it (some 350 modules) is loaded for the first one: a command
 * or a Worker that starts has no need of it.
 */
export const drawPaper: typeof draw = async (...paper) => (await import('./draw-paper.ts')).drawPaper(...paper);
