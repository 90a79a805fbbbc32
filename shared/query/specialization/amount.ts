import { isEmptyRange } from '../importance.ts';
import type { ImportanceEdge, ImportanceRange } from '../search-query.ts';

/** A range of numbers, open to either side. */
export type AmountRange = ImportanceRange;
type Edge = ImportanceEdge;

/** What may stand behind a number, the largest first where one is written. */
export interface AmountUnits {
  readonly written: readonly (readonly [unit: string, factor: number])[];
  readonly alsoRead?: readonly (readonly [unit: string, factor: number])[];
  /** There are no halves of it. */
  readonly isWhole: boolean;
}

export const plainUnits: AmountUnits = { written: [], isWhole: false };
export const wholeUnits: AmountUnits = { written: [], isWhole: true };
export const byteUnits: AmountUnits = {
  written: [
    ['tb', 1e12],
    ['gb', 1e9],
    ['mb', 1e6],
    ['kb', 1e3],
  ],
  alsoRead: [
    ['tib', 2 ** 40],
    ['gib', 2 ** 30],
    ['mib', 2 ** 20],
    ['kib', 2 ** 10],
    ['t', 1e12],
    ['g', 1e9],
    ['m', 1e6],
    ['k', 1e3],
    ['b', 1],
  ],
  isWhole: true,
};
export const countUnits: AmountUnits = {
  written: [
    ['b', 1e9],
    ['m', 1e6],
    ['k', 1e3],
  ],
  isWhole: true,
};

/** Past this, numbers are not told from their neighbours. */
export const mostAmount = 1e15;

const amount = String.raw`(\d*\.?\d+(?:e[+-]?\d+)?)([a-z]*)`;
const comparison = new RegExp(`^(>=|<=|=|>|<|≥|≤)?${amount}$`, 'i');
const range = new RegExp(`^(?:${amount})?\\.\\.(?:${amount})?$`, 'i');

/** `>=16`, `<100mb`, `32`, `8..64`, `8..`; nothing for what is no amount of this kind. */
export function amountRange(text: string, units: AmountUnits): AmountRange | undefined {
  const [, sign, compared, comparedUnit] = comparison.exec(text) ?? [];
  if (compared !== undefined) {
    const value = amountOf(compared, comparedUnit, units);
    if (value === undefined) return undefined;
    const edge = { value, inclusive: sign !== '>' && sign !== '<' };
    const above = sign === '>' || sign === '>=' || sign === '≥';
    const below = sign === '<' || sign === '<=' || sign === '≤';
    return { from: below ? null : edge, to: above ? null : edge };
  }
  const [, low, lowUnit, high, highUnit] = range.exec(text) ?? [];
  if (low === undefined && high === undefined) return undefined;
  const [from, to] = [edgeOf(low, lowUnit, units), edgeOf(high, highUnit, units)];
  if (from === undefined || to === undefined || isEmptyRange({ from, to })) return undefined;
  return { from, to };
}

/** Null: the range is open there. */
function edgeOf(
  number: string | undefined,
  unit: string | undefined,
  units: AmountUnits,
): Edge | null | undefined {
  if (number === undefined) return null;
  const value = amountOf(number, unit, units);
  return value === undefined ? undefined : { value, inclusive: true };
}

function amountOf(
  number: string,
  unit: string | undefined,
  { written, alsoRead = [], isWhole }: AmountUnits,
): number | undefined {
  const name = (unit ?? '').toLowerCase();
  const factor = name === '' ? 1 : [...written, ...alsoRead].find(([known]) => known === name)?.[1];
  if (factor === undefined) return undefined;
  const value = isWhole && factor > 1 ? Math.round(Number(number) * factor) : Number(number) * factor;
  return value <= mostAmount ? value : undefined;
}

function writtenAmount(value: number, { written }: AmountUnits): string {
  const unit = value > 0 ? written.find(([, factor]) => value % factor === 0) : undefined;
  return unit ? `${value / unit[1]}${unit[0]}` : String(value);
}

/** As filters of this operator that are read as this very range. */
export function writtenRange(operator: string, { from, to }: AmountRange, units: AmountUnits): string[] {
  const written = (edge: Edge) => writtenAmount(edge.value, units);
  if (from?.inclusive && to?.inclusive) {
    if (from.value === to.value) return [`${operator}:${written(from)}`];
    // The other way round it is a range that holds nothing, which can only be said by its two edges.
    if (from.value < to.value) return [`${operator}:${written(from)}..${written(to)}`];
  }
  const one = (sign: '>' | '<', edge: Edge) =>
    `${operator}:${sign}${edge.inclusive ? '=' : ''}${written(edge)}`;
  return [...(from ? [one('>', from)] : []), ...(to ? [one('<', to)] : [])];
}
