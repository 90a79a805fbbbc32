import { completeQuery, type Completion } from '../../../shared/query/completion.ts';
import {
  specializationOperatorGuides,
  specializationOperatorNames,
  type SpecializationOperatorName,
} from '../../../shared/query/specialization/operators.ts';
import { specializationCompletionAt } from '../../../shared/query/specialization/parse-query.ts';
import type { SpecializationRow } from '../../../shared/schemas/specialization-list.ts';
import type { Texts } from '../../../shared/texts/index.ts';
import { formatCount } from '../../text/quantities.ts';
import type { Suggestion } from '../search/suggestions.ts';
import { shortModel } from './adapter-words.ts';

/** What of the library is offered: its own names, not those of all the world. */
export type KnownRow = Pick<SpecializationRow, 'baseModel' | 'domain' | 'tags' | 'targets' | 'dtype'>;
type Operator = SpecializationOperatorName;

const most = 7;
const mostForWord = 3;
const usual: readonly Operator[] = ['base', 'rank', 'missing'];

/** What may be meant at the caret, in a query for specializations. */
export function specializationSuggestions(
  text: string,
  caret: number,
  rows: readonly KnownRow[],
  texts: Texts,
): Suggestion[] {
  if (text.trim() === '')
    return usual.map((name) =>
      operator('', { kind: 'word', typed: '', negated: false, from: 0, to: 0 }, name, texts),
    );
  const completion = specializationCompletionAt(text, caret);
  if (!completion) return [];
  if (completion.kind === 'value') return forValue(text, completion, rows).slice(0, most);
  const typed = completion.typed.toLowerCase();
  // A word is mostly just a word.
  if (typed.length < 2) return [];
  return specializationOperatorNames
    .filter((name) => name.startsWith(typed))
    .slice(0, mostForWord)
    .map((name) => operator(text, completion, name, texts));
}

function operator(text: string, completion: Completion<Operator>, name: Operator, texts: Texts): Suggestion {
  const { example } = specializationOperatorGuides[name];
  return {
    key: `operator ${name}`,
    kind: 'operator',
    label: `${name}:`,
    aside: texts.specializations.search.operator(texts.specializations.operators[name], example),
    ...completeQuery(text, completion, name),
  };
}

function forValue(
  text: string,
  completion: Extract<Completion<Operator>, { kind: 'value' }>,
  rows: readonly KnownRow[],
): Suggestion[] {
  const typed = completion.typed.toLowerCase();
  const others = new Set(completion.others.map((other) => other.toLowerCase()));
  const counts = new Map<string, number>();
  for (const value of rows.flatMap((row) => valuesOf(row, completion.operator)))
    counts.set(value, (counts.get(value) ?? 0) + 1);
  const first = (name: string) => Number(!name.toLowerCase().startsWith(typed));
  const known = [...counts].toSorted(([a, x], [b, y]) => first(a) - first(b) || y - x);
  const usualValues = specializationOperatorGuides[completion.operator].values;
  const all = known.length > 0 ? known : usualValues.map((value) => [value, undefined] as const);
  const fitting = all.filter(
    ([name]) => name.toLowerCase().includes(typed) && !others.has(name.toLowerCase()),
  );
  // It stands there already.
  if (fitting.length === 1 && fitting[0]?.[0].toLowerCase() === typed) return [];
  return fitting.map(([value, count]) => ({
    key: `value ${value}`,
    kind: 'value',
    label: value,
    ...(count === undefined ? {} : { aside: formatCount(count) }),
    ...completeQuery(text, completion, value),
  }));
}

function valuesOf(row: KnownRow, name: Operator): readonly string[] {
  switch (name) {
    case 'base':
      return row.baseModel === null ? [] : [shortModel(row.baseModel)];
    case 'domain':
      return row.domain === '' ? [] : [row.domain];
    case 'tag':
      return row.tags;
    case 'target':
      return row.targets;
    case 'dtype':
      return row.dtype === null ? [] : [row.dtype.toLowerCase()];
    default:
      return [];
  }
}
