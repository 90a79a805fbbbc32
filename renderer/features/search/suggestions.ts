import type { Texts } from '../../../shared/texts/index.ts';
import { completeQuery, completionAt, type Completion } from '../../../shared/query/completion.ts';
import { operatorGuides, operatorNames, type OperatorName } from '../../../shared/query/operators.ts';
import { writtenValue } from '../../../shared/query/tokens.ts';
import type { Overview } from '../../../shared/schemas/overview.ts';
import type { TagColour } from '../../../shared/schemas/tag.ts';
import { formatCount } from '../../text/quantities.ts';

export interface Suggestion {
  readonly key: string;
  readonly kind: 'operator' | 'value' | 'tag' | 'session' | 'saved' | 'recent';
  readonly label: string;
  readonly aside?: string;
  readonly colour?: TagColour | null;
  /** The text when it is taken, and where typing goes on. */
  readonly text: string;
  readonly caret: number;
  /** Of a saved search: there it leads. */
  readonly savedId?: string;
}

export interface KnownNames {
  readonly overview: Pick<Overview, 'tags' | 'sessions' | 'savedSearches'> | undefined;
  readonly recent: readonly string[];
}

const most = 7;
const mostForWord = 3;

/** What may be meant at the caret. */
export function suggestionsFor(text: string, caret: number, known: KnownNames, texts: Texts): Suggestion[] {
  if (text.trim() === '') return forNothing(known, texts);
  const completion = completionAt(text, caret);
  if (!completion) return [];
  return completion.kind === 'word'
    ? forWord(text, completion, known, texts)
    : forValue(text, completion, known, texts).slice(0, most);
}

function forNothing({ overview, recent }: KnownNames, texts: Texts): Suggestion[] {
  const saved = (overview?.savedSearches ?? []).slice(0, 4);
  return [
    ...recent.slice(0, 4).map((query): Suggestion => ({
      key: `recent ${query}`,
      kind: 'recent',
      label: query,
      text: query,
      caret: query.length,
    })),
    ...saved.map(({ id, name, query }): Suggestion => ({
      key: `saved ${id}`,
      kind: 'saved',
      label: name,
      aside: query,
      text: query,
      caret: query.length,
      savedId: id,
    })),
    ...(['tag', 'after', 'is'] as const).map((name) =>
      operator('', { kind: 'word', typed: '', negated: false, from: 0, to: 0 }, name, texts),
    ),
  ];
}

function operator(text: string, completion: Completion, name: OperatorName, texts: Texts): Suggestion {
  const { meaning, example } = operatorGuides[name];
  return {
    key: `operator ${name}`,
    kind: 'operator',
    label: `${name}:`,
    aside: texts.search.field.asIn(meaning(texts), example(texts)),
    ...completeQuery(text, completion, name),
  };
}

/** Of names that begin so. A word is mostly just a word: little is offered for it. */
function forWord(
  text: string,
  completion: Extract<Completion, { kind: 'word' }>,
  { overview }: KnownNames,
  texts: Texts,
): Suggestion[] {
  const typed = completion.typed.toLowerCase();
  if (typed.length < 2) return [];
  const operators = operatorNames
    .filter((name) => name.startsWith(typed))
    .map((name) => operator(text, completion, name, texts));
  const tags = (overview?.tags ?? [])
    .filter(({ name }) => name.toLowerCase().startsWith(typed))
    .toSorted((a, b) => b.memories - a.memories)
    .map(({ id, name, colour }): Suggestion => {
      const before = `${text.slice(0, completion.from)}tag:${writtenValue(name)} `;
      return {
        key: `tag ${id}`,
        kind: 'tag',
        label: `tag:${writtenValue(name)}`,
        colour,
        text: before + text.slice(completion.to).trimStart(),
        caret: before.length,
      };
    });
  return [...operators, ...tags].slice(0, mostForWord);
}

function forValue(
  text: string,
  completion: Extract<Completion, { kind: 'value' }>,
  { overview }: KnownNames,
  texts: Texts,
): Suggestion[] {
  const typed = completion.typed.toLowerCase();
  const others = new Set(completion.others.map((other) => other.toLowerCase()));
  const fits = (name: string) => name.toLowerCase().includes(typed) && !others.has(name.toLowerCase());
  const first = (name: string) => Number(!name.toLowerCase().startsWith(typed));
  const take = (name: string) => completeQuery(text, completion, name);
  if (completion.operator === 'tag') {
    return (overview?.tags ?? [])
      .filter(({ name }) => fits(name))
      .toSorted((a, b) => first(a.name) - first(b.name) || b.memories - a.memories)
      .map(({ id, name, colour, memories }): Suggestion => ({
        key: `tag ${id}`,
        kind: 'tag',
        label: name,
        aside: formatCount(memories),
        colour,
        ...take(name),
      }));
  }
  if (completion.operator === 'session') {
    return (overview?.sessions ?? [])
      .filter(({ title }) => fits(title))
      .map(({ id, title }): Suggestion => ({
        key: `session ${id}`,
        kind: 'session',
        label: title,
        ...take(title),
      }));
  }
  const values = operatorGuides[completion.operator].values(texts).filter(fits);
  // It stands there already.
  if (values.length === 1 && values[0] === completion.typed) return [];
  return values.map((value): Suggestion => ({
    key: `value ${value}`,
    kind: 'value',
    label: value,
    ...take(value),
  }));
}
