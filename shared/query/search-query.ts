import { z } from 'zod';
import { memorySources } from '../schemas/memory.ts';
import { formatQuery } from './format-query.ts';
import { isPhraseText, isPlainWord, isValueText } from './tokens.ts';

/** Of a query, written as text. What is behind it is not read. */
export const maxQueryLength = 10_000;

const wordText = z.string().max(maxQueryLength).refine(isPlainWord);
const phrase = z.strictObject({
  kind: z.literal('phrase'),
  text: z.string().max(maxQueryLength).refine(isPhraseText),
});
/** `prefix`: the word is still being typed, or was written with a star, and so begins the words it means. */
const word = z.strictObject({ kind: z.literal('word'), text: wordText, prefix: z.boolean() });
const excludedWord = word.extend({ text: wordText.refine((text) => !text.startsWith('-')) });

const value = z.string().max(maxQueryLength).refine(isValueText);
const values = z.array(value).max(maxQueryLength);
const sources = z.array(z.enum(memorySources)).max(maxQueryLength);

/** A period in the person's time zone, with the words for it: `until` is the first instant behind it. */
const date = z
  .strictObject({ text: value, from: z.iso.datetime(), until: z.iso.datetime() })
  .refine(({ from, until }) => from <= until);

const edge = z.strictObject({ value: z.number().min(0).max(1), inclusive: z.boolean() });
const importance = z
  .strictObject({ from: edge.nullable(), to: edge.nullable() })
  .refine(({ from, to }) => from !== null || to !== null);

const fields = z.strictObject({
  /** What to look for, in the order it was typed: of each group at least one. */
  text: z.array(z.array(z.discriminatedUnion('kind', [word, phrase])).min(1)).max(maxQueryLength),
  withoutText: z.array(z.discriminatedUnion('kind', [excludedWord, phrase])).max(maxQueryLength),
  /** Of each group at least one: a memory has many tags. */
  tags: z.array(values.min(1)).max(maxQueryLength),
  withoutTags: values,
  /** Any of these: a memory has one session, one source, one document. */
  sessions: values,
  withoutSessions: values,
  sources,
  withoutSources: sources,
  documents: values,
  withoutDocuments: values,
  /**
   * What `after` and `before` mean is what Gmail and Google mean by them: `after:2026-03` is everything from the
   * first instant of March on (`from`), `before:2026-03` everything before that same instant (`from`, too).
   * So the two together are always the whole library, and `after:yesterday` holds yesterday.
   */
  after: date.nullable(),
  before: date.nullable(),
  /** Within any of these periods. */
  on: z.array(date).max(maxQueryLength),
  /** As the library was at the end of the period (`until`): `as-of:2026-03-01` holds what was written that day. */
  asOf: date.nullable(),
  importance: importance.nullable(),
  /** True for `is:pinned`, false for `-is:pinned`, null if it does not matter. */
  pinned: z.boolean().nullable(),
  untagged: z.boolean().nullable(),
  hasVersion: z.boolean().nullable(),
  hasDocument: z.boolean().nullable(),
  /** In the trash instead of the library. */
  inTrash: z.boolean(),
});

export type SearchQuery = z.infer<typeof fields>;
export type SearchTerm = SearchQuery['text'][number][number];
export type SearchDate = z.infer<typeof date>;
export type ImportanceRange = z.infer<typeof importance>;
export type ImportanceEdge = z.infer<typeof edge>;

/** The parts are bounded by the whole: a query is never larger than its text. */
export const searchQuery: z.ZodType<SearchQuery> = fields.refine(
  (query) => formatQuery(query).length <= maxQueryLength,
  { message: `A query has at most ${maxQueryLength} characters.` },
);

export const emptyQuery = (): SearchQuery => ({
  text: [],
  withoutText: [],
  tags: [],
  withoutTags: [],
  sessions: [],
  withoutSessions: [],
  sources: [],
  withoutSources: [],
  documents: [],
  withoutDocuments: [],
  after: null,
  before: null,
  on: [],
  asOf: null,
  importance: null,
  pinned: null,
  untagged: null,
  hasVersion: null,
  hasDocument: null,
  inTrash: false,
});

/** What is looked for, without filters and signs: the text whose meaning is searched for. */
export const soughtText = (query: SearchQuery): string =>
  query.text
    .flat()
    .map((term) => term.text)
    .join(' ');
