import type { ImportanceEdge, ImportanceRange } from './search-query.ts';

const number = String.raw`(\d*\.?\d+(?:e[+-]?\d+)?)`;
const comparison = new RegExp(`^(>=|<=|=|>|<|≥|≤)?${number}$`, 'i');
const range = new RegExp(`^${number}?\\.\\.${number}?$`, 'i');

/** `>0.5`, `<=0.3`, `0.5`, `0.3..0.7`, `0.3..`; nothing for what is no range within 0 to 1. */
export function importanceRange(text: string): ImportanceRange | undefined {
  const [, sign, compared] = comparison.exec(text) ?? [];
  if (compared !== undefined) {
    const value = Number(compared);
    const edge = { value, inclusive: sign !== '>' && sign !== '<' };
    const above = sign === '>' || sign === '>=' || sign === '≥';
    const below = sign === '<' || sign === '<=' || sign === '≤';
    return withinScale({ from: below ? null : edge, to: above ? null : edge });
  }
  const [, low, high] = range.exec(text) ?? [];
  if (low === undefined && high === undefined) return undefined;
  const edge = (value: string | undefined): ImportanceEdge | null =>
    value === undefined ? null : { value: Number(value), inclusive: true };
  const found = withinScale({ from: edge(low), to: edge(high) });
  return found && !isEmptyRange(found) ? found : undefined;
}

const withinScale = (found: ImportanceRange): ImportanceRange | undefined =>
  (found.from?.value ?? 0) <= 1 && (found.to?.value ?? 0) <= 1 ? found : undefined;

/** What is in both. */
export const narrowedRange = (a: ImportanceRange, b: ImportanceRange): ImportanceRange => ({
  from: narrower(a.from, b.from, 1),
  to: narrower(a.to, b.to, -1),
});

function narrower(a: ImportanceEdge | null, b: ImportanceEdge | null, up: 1 | -1): ImportanceEdge | null {
  if (!a || !b) return a ?? b;
  if (a.value === b.value) return a.inclusive ? b : a;
  return (a.value - b.value) * up > 0 ? a : b;
}

export function isEmptyRange({ from, to }: ImportanceRange): boolean {
  if (!from || !to) return false;
  return from.value > to.value || (from.value === to.value && !(from.inclusive && to.inclusive));
}
