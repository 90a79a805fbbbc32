import { memorySources } from '../schemas/memory.ts';

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

const dates = ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month', 'last year'];

interface OperatorGuide {
  /** What it does, for a list of operators to choose from. */
  meaning: string;
  example: string;
  /** All its values, or the usual ones; empty where the library knows them (tags, sessions, documents). */
  values: readonly string[];
}

export const operatorGuides: Readonly<Record<OperatorName, OperatorGuide>> = {
  tag: { meaning: 'With this tag', example: 'tag:garden', values: [] },
  session: { meaning: 'From this session', example: 'session:"Trip to Rome"', values: [] },
  source: { meaning: 'That came in this way', example: 'source:web', values: memorySources },
  document: { meaning: 'From this document', example: 'document:report.pdf', values: [] },
  after: { meaning: 'From this day on', example: 'after:2026-03-01', values: dates },
  before: { meaning: 'Before this day', example: 'before:"last month"', values: dates },
  on: { meaning: 'On this day, or in this month or year', example: 'on:yesterday', values: dates },
  importance: {
    meaning: 'Of this importance, 0 to 1',
    example: 'importance:>0.5',
    values: ['>0.5', '>0.8', '<0.5', '0.3..0.7'],
  },
  is: { meaning: 'Pinned, or without a tag', example: 'is:pinned', values: stateNames },
  has: { meaning: 'With earlier versions, or a document', example: 'has:version', values: possessionNames },
  in: { meaning: 'In the trash', example: 'in:trash', values: placeNames },
  'as-of': { meaning: 'The library as it was then', example: 'as-of:2026-03-01', values: dates },
};

const byName = new Map<string, OperatorName>([
  ...operatorNames.map((name) => [name, name] as const),
  ['tags', 'tag'],
  ['asof', 'as-of'],
]);

export function operatorNamed(name: string): OperatorName | undefined {
  return byName.get(name.toLowerCase());
}
