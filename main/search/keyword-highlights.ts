import type { EntityManager } from '@mikro-orm/postgresql';
import { runPrepared } from '../database/prepared-query.ts';
import { type Token, tokensOf } from '../../shared/query/words.ts';
import { lexemesOf } from './keyword-plan.ts';
import type { UnderstoodWords } from './keyword-search.ts';
import type { AskedPhrase } from './keyword-terms.ts';

/** A stretch of a text, in UTF-16 offsets. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface Highlights {
  readonly title: readonly TextSpan[];
  readonly content: readonly TextSpan[];
  /** How the words that were found are written there: by lexeme, in lower case. */
  readonly written: ReadonlyMap<string, string>;
}

/** Of a text; further on is looked where there is nothing before. */
const firstLength = 150_000;
const firstPart = `left(m.content, ${firstLength})`;
/** What a person sees marked; a book that is about one thing has it on every page. */
const mostSpans = 1000;

/** A text and the language that its words are read in. */
export interface HighlightedText {
  readonly id: string;
  readonly language: string;
  readonly title: string | null;
  readonly content: string;
}

/** Where the words of a query stand, found by comparing stems as Postgres makes them, once for each word. */
export async function findHighlights(
  em: EntityManager,
  understood: UnderstoodWords,
  userId: string | undefined,
  memoryIds: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Highlights>> {
  const read = (part: string, ids: readonly string[]) =>
    runPrepared<HighlightedText & { [column: string]: unknown }>(
      em,
      {
        name: part === firstPart ? 'loci_texts_to_highlight' : 'loci_rests_to_highlight',
        sql: `select m.id, w.language, m.title, ${part} as content
          from memory m join memory_word w on w.memory_id = m.id
          where m.id = any($1::uuid[]) and ($2::uuid is null or m.user_id = $2::uuid)`,
        values: [[...ids], userId ?? null],
      },
      signal,
    );
  const first = await read(firstPart, memoryIds);
  const found = await highlightParts(em, understood, first, signal);
  const further = first.filter(
    ({ id, content }) => content.length >= firstLength && isUnmarked(found.get(id)),
  );
  if (further.length === 0) return found;
  const rest = await read(
    `substr(m.content, ${firstLength + 1})`,
    further.map(({ id }) => id),
  );
  const lengths = new Map(further.map(({ id, content }) => [id, content.length]));
  return withRest(found, await highlightParts(em, understood, rest, signal), (id) => lengths.get(id) ?? 0);
}

/** The same in texts that are known already, which may be of another time. */
export async function highlightTexts(
  em: EntityManager,
  understood: UnderstoodWords,
  texts: readonly HighlightedText[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Highlights>> {
  const first = texts.map((text) => ({ ...text, content: text.content.slice(0, firstLength) }));
  const found = await highlightParts(em, understood, first, signal);
  const rest = texts
    .filter(({ id, content }) => content.length > firstLength && isUnmarked(found.get(id)))
    .map((text) => ({ ...text, content: text.content.slice(firstLength) }));
  if (rest.length === 0) return found;
  return withRest(found, await highlightParts(em, understood, rest, signal), () => firstLength);
}

const isUnmarked = (marks: Highlights | undefined): boolean =>
  marks !== undefined && marks.title.length + marks.content.length === 0;

function withRest(
  found: ReadonlyMap<string, Highlights>,
  rest: ReadonlyMap<string, Highlights>,
  offsetOf: (id: string) => number,
): ReadonlyMap<string, Highlights> {
  const all = new Map(found);
  for (const [id, { title, content, written }] of rest) {
    const offset = offsetOf(id);
    const moved = content.map(({ start, end }) => ({ start: start + offset, end: end + offset }));
    all.set(id, { title, content: moved, written });
  }
  return all;
}

async function highlightParts(
  em: EntityManager,
  understood: UnderstoodWords,
  texts: readonly HighlightedText[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Highlights>> {
  const read = texts.map((text) => ({
    ...text,
    titleTokens: [...tokensOf(text.title ?? '')],
    contentTokens: [...tokensOf(text.content)],
  }));
  const wordsByLanguage = new Map<string, Set<string>>();
  for (const { language, titleTokens, contentTokens } of read) {
    const words = wordsByLanguage.get(language) ?? new Set();
    for (const token of [...titleTokens, ...contentTokens])
      if (!token.unspaced) words.add(token.text.toLowerCase());
    wordsByLanguage.set(language, words);
  }
  const sought = soughtLexemes(understood);
  const stems = await findStems(em, wordsByLanguage, [...sought.words, ...sought.phraseWords], signal);

  return new Map(
    read.map(({ id, language, title, content, titleTokens, contentTokens }) => {
      const written = new Map<string, string>();
      const spansOf = (text: string, tokens: readonly Token[]) =>
        matches(text, tokens, stems.get(language) ?? new Map(), sought, written);
      return [
        id,
        { title: spansOf(title ?? '', titleTokens), content: spansOf(content, contentTokens), written },
      ];
    }),
  );
}

interface Sought {
  /** Marked wherever they stand. */
  readonly words: ReadonlySet<string>;
  /** Marked where they follow each other. */
  readonly phrases: readonly (readonly ReadonlySet<string>[])[];
  readonly phraseWords: ReadonlySet<string>;
  /** Of scripts without spaces, marked as they are. */
  readonly runs: readonly string[];
}

function soughtLexemes({ terms, statistics, plan }: UnderstoodWords): Sought {
  const required = terms.required.flat();
  const inPhrases = new Set(required.flatMap(({ tokens }) => tokens));
  const loose = terms.scored.filter((place) => !inPhrases.has(place));
  const known = new Set(plan.scored.flatMap(({ lexemes }) => lexemes));
  const words = new Set(
    loose
      .flatMap((place) => lexemesOf(statistics, place).map(({ lexeme }) => lexeme))
      .filter((l) => known.has(l)),
  );
  const lexemesAt = (place: number) => new Set(lexemesOf(statistics, place).map(({ lexeme }) => lexeme));
  const phrases = required
    .filter(({ literal }) => literal === null)
    .map((phrase: AskedPhrase) => phrase.tokens.map(lexemesAt));
  return {
    words,
    phrases,
    phraseWords: new Set(phrases.flat().flatMap((set) => [...set])),
    runs: [
      ...required.flatMap(({ literal }) => literal ?? []),
      ...loose.flatMap((place) => terms.tokens[place]?.text ?? []),
    ].filter((run) => [...tokensOf(run)].some(({ unspaced }) => unspaced)),
  };
}

/** By language, by word: those lexemes of it that are sought. */
async function findStems(
  em: EntityManager,
  wordsByLanguage: ReadonlyMap<string, ReadonlySet<string>>,
  sought: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>> {
  const languages: string[] = [];
  const words: string[] = [];
  for (const [language, set] of wordsByLanguage) {
    for (const word of set) {
      languages.push(language);
      words.push(word);
    }
  }
  const rows = await runPrepared<{ language: string; word: string; lexemes: string[] }>(
    em,
    {
      name: 'loci_stems_of_words',
      sql: `select language, word, lexemes from unnest($1::text[], $2::text[]) a(language, word)
          cross join lateral tsvector_to_array(to_tsvector(('loci_' || language)::regconfig,
            case when octet_length(word) = char_length(word) then word else fold_words(word) end)) lexemes
        where lexemes && $3::text[]`,
      values: [languages, words, [...sought]],
    },
    signal,
  );
  const byLanguage = new Map<string, Map<string, string[]>>();
  for (const { language, word, lexemes } of rows) {
    const stems = byLanguage.get(language) ?? new Map<string, string[]>();
    byLanguage.set(language, stems.set(word, lexemes));
  }
  return byLanguage;
}

function matches(
  text: string,
  tokens: readonly Token[],
  stems: ReadonlyMap<string, readonly string[]>,
  sought: Sought,
  written: Map<string, string>,
): TextSpan[] {
  const spans: TextSpan[] = [];
  const lexemesOfToken = tokens.map((token) => stems.get(token.text.toLowerCase()) ?? []);
  for (const [index, token] of tokens.entries()) {
    const lexeme = lexemesOfToken[index]?.find((each) => sought.words.has(each));
    if (lexeme !== undefined) {
      spans.push({ start: token.start, end: token.end });
      if (!written.has(lexeme)) written.set(lexeme, token.text.toLowerCase());
    }
    for (const phrase of sought.phrases) {
      const isHere = phrase.every((lexemes, place) =>
        lexemesOfToken[index + place]?.some((each) => lexemes.has(each)),
      );
      const last = tokens[index + phrase.length - 1];
      if (isHere && last) spans.push({ start: token.start, end: last.end });
    }
    if (token.unspaced) spans.push(...placesOf(text, token, sought.runs));
  }
  return merged(spans).slice(0, mostSpans);
}

/** However wide its characters are written, and however composed. */
function placesOf(text: string, run: Token, sought: readonly string[]): TextSpan[] {
  const spans: TextSpan[] = [];
  let part = '';
  const starts: number[] = [];
  for (const match of text.slice(run.start, run.end).matchAll(/.[\uFF9E\uFF9F\u3099\u309A]?/gsu)) {
    const composed = match[0].normalize('NFKC');
    starts.push(...Array.from({ length: composed.length }, () => run.start + match.index));
    part += composed;
  }
  starts.push(run.end);
  for (const each of sought) {
    for (let at = part.indexOf(each); at >= 0; at = part.indexOf(each, at + 1))
      spans.push({ start: starts[at] ?? run.start, end: starts[at + each.length] ?? run.end });
  }
  return spans;
}

function merged(spans: readonly TextSpan[]): TextSpan[] {
  const result: TextSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last && span.start < last.end) {
      if (span.end > last.end) result[result.length - 1] = { start: last.start, end: span.end };
    } else result.push(span);
  }
  return result;
}
