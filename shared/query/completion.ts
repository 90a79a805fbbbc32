import { type OperatorName, operatorNamed } from './operators.ts';
import { type NameOperator, queryTokensBy, type TextRange, writtenValue } from './tokens.ts';

/** What is being typed at the caret. The range is what an accepted suggestion takes the place of. */
export type Completion<Name extends string = OperatorName> =
  /** The beginning of an operator's name, or of any word. */
  | (TextRange & { kind: 'word'; typed: string; negated: boolean })
  | (TextRange & {
      kind: 'value';
      operator: Name;
      typed: string;
      negated: boolean;
      /** The other values of the same filter, which need not be offered again. */
      others: string[];
    });

/** Nothing between two words, and within a phrase. */
export function completionAt(text: string, caret: number): Completion | undefined {
  return completionBy(operatorNamed, text, caret);
}

export function completionBy<Name extends string>(
  named: NameOperator<Name>,
  text: string,
  caret: number,
): Completion<Name> | undefined {
  const typing = queryTokensBy(named, text.slice(0, caret)).at(-1);
  if (!typing || typing.to !== caret || typing.kind === 'phrase') return undefined;
  if (typing.kind !== 'filter') {
    const negated = typing.kind === 'word' && typing.negated;
    const from = typing.from + (negated ? 1 : 0);
    return { kind: 'word', typed: text.slice(from, caret), negated, from, to: wordEnd(text, caret) };
  }
  const value = typing.values.at(-1);
  // Behind a closing quotation mark the value is complete.
  if (!value || (value.quoted && value.closed)) return undefined;
  const filter = queryTokensBy(named, text).find(
    (token) => token.kind === 'filter' && token.from === typing.from,
  );
  const values = filter?.kind === 'filter' ? filter.values : typing.values;
  const whole = values.find((other) => other.from === value.from);
  const others = values.filter((other) => other.from !== value.from && other.text !== '');
  return {
    kind: 'value',
    operator: typing.operator,
    typed: value.text,
    negated: typing.negated,
    others: others.map((other) => other.text),
    from: value.from,
    to: whole && endsThere(text, whole.to) ? whole.to : caret,
  };
}

/** A quotation that is still open is closed by the next one's opening: then a letter follows. */
const endsThere = (text: string, at: number): boolean =>
  at === text.length || /[\s\0,]/.test(text.charAt(at));

/** Up to the colon of an operator that gets another name. */
function wordEnd(text: string, caret: number): number {
  const rest = /[\p{L}\p{N}-]*:?/uy;
  rest.lastIndex = caret;
  rest.exec(text);
  return rest.lastIndex;
}

/** The text with a suggestion in it, and where typing goes on: behind an operator's colon, or in the next word. */
export function completeQuery(
  text: string,
  completion: Completion<string>,
  chosen: string,
): { text: string; caret: number } {
  const rest = text.slice(completion.to);
  const written = completion.kind === 'word' ? `${chosen}:` : writtenValue(chosen);
  const end = completion.kind === 'word' || rest.startsWith(',') ? '' : ' ';
  const before = text.slice(0, completion.from) + written + end;
  const after = end === '' ? rest : rest.replace(/^\s/, '');
  return { text: before + after, caret: before.length };
}
