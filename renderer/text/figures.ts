import { numberFormat } from './formats.ts';

const figure = numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** "0.62": of what lies between 0 and 1. */
export const formatFigure = (value: number): string => figure(value);
