import { memorySources } from '../schemas/memory.ts';
import type { Texts } from '../texts/index.ts';

export const operatorNames = [
  'tag',
  'session',
  'source',
  'document',
  'after',
  'before',
  'on',
  'importance',
  'is',
  'has',
  'in',
  'as-of',
] as const;
export type OperatorName = (typeof operatorNames)[number];

export const stateNames = ['pinned', 'untagged'] as const;
export const possessionNames = ['version', 'document'] as const;
export const placeNames = ['trash'] as const;

const dates = (texts: Texts): readonly string[] => [
  texts.query.dates.today,
  texts.query.dates.yesterday,
  texts.query.dates.thisWeek,
  texts.query.dates.lastWeek,
  texts.query.dates.thisMonth,
  texts.query.dates.lastMonth,
  texts.query.dates.lastYear,
];

interface OperatorGuide {
  /** What it does, for a list of operators to choose from. */
  meaning: (texts: Texts) => string;
  example: (texts: Texts) => string;
  /** All its values, or the usual ones; empty where the library knows them (tags, sessions, documents). */
  values: (texts: Texts) => readonly string[];
}

export const operatorGuides: Readonly<Record<OperatorName, OperatorGuide>> = {
  tag: {
    meaning: (texts) => texts.query.meanings.tag,
    example: (texts) => texts.query.examples.tag,
    values: () => [],
  },
  session: {
    meaning: (texts) => texts.query.meanings.session,
    example: (texts) => texts.query.examples.session,
    values: () => [],
  },
  source: {
    meaning: (texts) => texts.query.meanings.source,
    example: () => 'source:web',
    values: () => memorySources,
  },
  document: {
    meaning: (texts) => texts.query.meanings.document,
    example: (texts) => texts.query.examples.document,
    values: () => [],
  },
  after: { meaning: (texts) => texts.query.meanings.after, example: () => 'after:2026-03-01', values: dates },
  before: {
    meaning: (texts) => texts.query.meanings.before,
    example: (texts) => `before:"${texts.query.dates.lastMonth}"`,
    values: dates,
  },
  on: {
    meaning: (texts) => texts.query.meanings.on,
    example: (texts) => `on:${texts.query.dates.yesterday}`,
    values: dates,
  },
  importance: {
    meaning: (texts) => texts.query.meanings.importance,
    example: () => 'importance:>0.5',
    values: () => ['>0.5', '>0.8', '<0.5', '0.3..0.7'],
  },
  is: { meaning: (texts) => texts.query.meanings.is, example: () => 'is:pinned', values: () => stateNames },
  has: {
    meaning: (texts) => texts.query.meanings.has,
    example: () => 'has:version',
    values: () => possessionNames,
  },
  in: { meaning: (texts) => texts.query.meanings.in, example: () => 'in:trash', values: () => placeNames },
  'as-of': {
    meaning: (texts) => texts.query.meanings.asOf,
    example: () => 'as-of:2026-03-01',
    values: dates,
  },
};

const byName = new Map<string, OperatorName>([
  ...operatorNames.map((name) => [name, name] as const),
  ['tags', 'tag'],
  ['asof', 'as-of'],
]);

export function operatorNamed(name: string): OperatorName | undefined {
  return byName.get(name.toLowerCase());
}
