import { z } from 'zod';
import { specializationStatuses } from '../../schemas/specialization.ts';
import { maxQueryLength } from '../search-query.ts';
import { isPhraseText, isPlainWordBy, isValueText } from '../tokens.ts';
import { mostAmount } from './amount.ts';
import { readFormats, specializationOperatorNamed } from './operators.ts';

const wordText = z
  .string()
  .max(maxQueryLength)
  .refine((text) => isPlainWordBy(specializationOperatorNamed, text));
const phrase = z.strictObject({
  kind: z.literal('phrase'),
  text: z.string().max(maxQueryLength).refine(isPhraseText),
});
const word = z.strictObject({ kind: z.literal('word'), text: wordText, prefix: z.boolean() });
const excludedWord = word.extend({ text: wordText.refine((text) => !text.startsWith('-')) });

const values = z.array(z.string().max(maxQueryLength).refine(isValueText)).max(maxQueryLength);
const groups = z.array(values.min(1)).max(maxQueryLength);
const formats = z.array(z.enum(readFormats)).max(maxQueryLength);
const statuses = z.array(z.enum(specializationStatuses)).max(maxQueryLength);
const edge = z.strictObject({ value: z.number().min(0).max(mostAmount), inclusive: z.boolean() });
const range = z
  .strictObject({ from: edge.nullable(), to: edge.nullable() })
  .refine(({ from, to }) => from !== null || to !== null)
  .nullable();
/** True for `is:dora`, false for `-is:dora`, null if it does not matter. */
const flag = z.boolean().nullable();

export const specializationQuery = z.strictObject({
  /** What to look for, in the order it was typed: of each group at least one. */
  text: z.array(z.array(z.discriminatedUnion('kind', [word, phrase])).min(1)).max(maxQueryLength),
  withoutText: z.array(z.discriminatedUnion('kind', [excludedWord, phrase])).max(maxQueryLength),
  /** Any of these: it has one base model, one domain, one format. */
  bases: values,
  withoutBases: values,
  domains: values,
  withoutDomains: values,
  formats,
  withoutFormats: formats,
  dtypes: values,
  withoutDtypes: values,
  statuses,
  withoutStatuses: statuses,
  /** Of each group at least one: it has many of these. */
  tags: groups,
  withoutTags: values,
  targets: groups,
  withoutTargets: values,
  rank: range,
  alpha: range,
  size: range,
  params: range,
  memories: range,
  missing: flag,
  dora: flag,
  rslora: flag,
  image: flag,
  copied: flag,
  linked: flag,
  /** In the trash instead of the library. */
  inTrash: z.boolean(),
});
export type SpecializationQuery = z.infer<typeof specializationQuery>;

export const emptySpecializationQuery = (): SpecializationQuery => ({
  text: [],
  withoutText: [],
  bases: [],
  withoutBases: [],
  domains: [],
  withoutDomains: [],
  formats: [],
  withoutFormats: [],
  dtypes: [],
  withoutDtypes: [],
  statuses: [],
  withoutStatuses: [],
  tags: [],
  withoutTags: [],
  targets: [],
  withoutTargets: [],
  rank: null,
  alpha: null,
  size: null,
  params: null,
  memories: null,
  missing: null,
  dora: null,
  rslora: null,
  image: null,
  copied: null,
  linked: null,
  inTrash: false,
});
