import { type OperatorName, operatorNamed } from './operators.ts';

/** UTF-16 offsets into the text a person typed. */
export interface TextRange {
  from: number;
  to: number;
}

/** One of the values behind an operator; empty while it has yet to be typed. */
export interface ValueToken extends TextRange {
  text: string;
  quoted: boolean;
  /** False for a quotation that the text ends in. */
  closed: boolean;
}

export interface WordToken extends TextRange {
  kind: 'word';
  negated: boolean;
  /** Empty for what cannot be searched for: a lone `-` or `*`. */
  text: string;
  /** Written with a star behind it: `gard*`. */
  starred: boolean;
}

export interface PhraseToken extends TextRange {
  kind: 'phrase';
  negated: boolean;
  text: string;
  closed: boolean;
}

export interface FilterToken<Name extends string = OperatorName> extends TextRange {
  kind: 'filter';
  negated: boolean;
  operator: Name;
  values: ValueToken[];
}

export interface OrToken extends TextRange {
  kind: 'or';
}

export type QueryToken<Name extends string = OperatorName> =
  | WordToken
  | PhraseToken
  | FilterToken<Name>
  | OrToken;

/** Which operator is meant by what stands before a colon. What is searched for besides memories has its own. */
export type NameOperator<Name extends string> = (typed: string) => Name | undefined;

/** Keyboards that write typographic quotes on their own must not change what a search means. */
const closersOf: Readonly<Record<string, string>> = { '"': '"', '“': '”"', '„': '“”"', '”': '”"' };

/** Postgres takes no NUL in a text, and nobody types one on purpose. */
const spacePattern = /[\s\0]/;
const spacesPattern = /[\s\0]+/g;

const isSpace = (character: string | undefined): boolean =>
  character !== undefined && spacePattern.test(character);

/** What stands between spaces, cut into words, phrases, filters and OR. Only spaces are left out. */
export function queryTokens(text: string): QueryToken[] {
  return queryTokensBy(operatorNamed, text);
}

export function queryTokensBy<Name extends string>(
  named: NameOperator<Name>,
  text: string,
): QueryToken<Name>[] {
  const tokens: QueryToken<Name>[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(text[at])) at += 1;
    if (at >= text.length) return tokens;
    const token = tokenAt(named, text, at);
    tokens.push(token);
    at = token.to;
  }
}

function tokenAt<Name extends string>(
  named: NameOperator<Name>,
  text: string,
  from: number,
): QueryToken<Name> {
  const next = text[from + 1];
  // `--flag` and a dash between two words are ordinary text.
  const negated = text[from] === '-' && next !== undefined && next !== '-' && !isSpace(next);
  const start = negated ? from + 1 : from;

  const quotation = quotationAt(text, start);
  if (quotation) {
    const phrase = quotation.text.replace(spacesPattern, ' ').trim();
    return { kind: 'phrase', from, to: quotation.to, negated, text: phrase, closed: quotation.closed };
  }

  const name = operatorAt(named, text, start);
  // `on: Monday` is how people write, `on:monday` is a filter.
  if (name && !isSpace(text[name.valuesFrom])) {
    const values = valuesAt(text, name.valuesFrom);
    const to = values.at(-1)?.to ?? name.valuesFrom;
    return { kind: 'filter', from, to, negated, operator: name.operator, values };
  }

  let to = start;
  while (to < text.length && !isSpace(text[to])) to += 1;
  const raw = text.slice(start, to);
  if (raw === 'OR' && !negated) return { kind: 'or', from, to };
  const bare = raw.replace(/\*+$/, '');
  return { kind: 'word', from, to, negated, text: searchable(named, bare), starred: bare !== raw };
}

/** Whatever a word token holds can be written again as that very word (see formatQuery). */
function searchable(named: NameOperator<string>, word: string): string {
  if (word === '-') return '';
  if (word === 'OR') return 'or';
  return word.endsWith(':') && named(word.slice(0, -1)) ? word.slice(0, -1) : word;
}

function operatorAt<Name extends string>(
  named: NameOperator<Name>,
  text: string,
  from: number,
): { operator: Name; valuesFrom: number } | undefined {
  const pattern = /([a-z]+(?:-[a-z]+)?):/iy;
  pattern.lastIndex = from;
  const operator = named(pattern.exec(text)?.[1] ?? '');
  return operator && { operator, valuesFrom: pattern.lastIndex };
}

function valuesAt(text: string, from: number): ValueToken[] {
  const values: ValueToken[] = [];
  for (let at = from; ; at += 1) {
    const value = quotationAt(text, at) ?? plainValueAt(text, at);
    values.push(value);
    at = value.to;
    if (text[at] !== ',') return values;
  }
}

function plainValueAt(text: string, from: number): ValueToken {
  let to = from;
  while (to < text.length && text[to] !== ',' && !isSpace(text[to])) to += 1;
  return { from, to, text: text.slice(from, to), quoted: false, closed: true };
}

function quotationAt(text: string, from: number): ValueToken | undefined {
  const closers = closersOf[text[from] ?? ''];
  if (closers === undefined) return undefined;
  let content = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (closers.includes(character)) {
      return { from, to: at + 1, text: cleaned(content), quoted: true, closed: true };
    }
    const next = text[at + 1];
    // Only these two are escapes, so that "C:\temp" can be written as it is.
    if (character === '\\' && (next === '"' || next === '\\')) at += 1;
    content += text[at] ?? '';
  }
  return { from, to: text.length, text: cleaned(content), quoted: true, closed: false };
}

const cleaned = (content: string): string => content.replaceAll('\0', '').trim();

/** Whether a word, written as it is, is read as this word and nothing else. */
export function isPlainWord(text: string): boolean {
  return isPlainWordBy(operatorNamed, text);
}

export function isPlainWordBy(named: NameOperator<string>, text: string): boolean {
  const [token, ...others] = queryTokensBy(named, `${text} `);
  return (
    token?.kind === 'word' && !token.negated && !token.starred && token.text === text && others.length === 0
  );
}

export const isPhraseText = (text: string): boolean =>
  text !== '' && text === text.replace(spacesPattern, ' ').trim();

export const isValueText = (text: string): boolean => text !== '' && text === cleaned(text);

/** How a value is written behind an operator. */
export function writtenValue(text: string): string {
  const plain = plainValueAt(text, 0);
  return plain.to === text.length && !quotationAt(text, 0) ? text : quoted(text);
}

export const quoted = (text: string): string => `"${text.replace(/\\(?=["\\]|$)|"/g, '\\$&')}"`;
