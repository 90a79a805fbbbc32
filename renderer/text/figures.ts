import { numberFormat } from './formats.ts';

/** "0.62": of what lies between 0 and 1. */
export const formatFigure = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
