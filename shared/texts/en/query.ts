import { count, either } from './quantities.ts';

/** About what is written in the search field: what of it is not understood, and what can be written. */
export const query = {
  openValue: (operator: string) =>
    `The quotation has no end. Close it with a ": all up to the end is taken for the ${operator}.`,
  openQuotation:
    'The quotation has no end. Close it with a ": everything up to there is searched for as it is.',
  tooLong: (characters: number) =>
    `Only the first ${count(characters)} characters are read. Search for less at once.`,
  tooManyWords: (words: number) =>
    `Only the first ${count(words)} words are looked for. Search for fewer at once.`,
  tooManyDeciding: (words: number) =>
    `Only the first ${count(words)} words in quotes or with a minus are looked for. Search for fewer at once.`,
  loneOr:
    'OR stands between words, or between filters of the same kind: lake OR sea, tag:garden OR tag:balcony.',
  noLetter: 'This has no letter and no number to search for, and is left out.',
  together: (each: string) => `These apply together, not one or the other. Write ${each}.`,
  both: (filter: string) => `Both ${filter} and -${filter} cannot be. The last one counts.`,
  moreThanOne: (operator: string) => `There is more than one ${operator}:, and the last counts. Remove one.`,
  importance: 'Importance goes from 0 to 1. Write importance:>0.5, importance:0.3..0.7 or importance:1.',
  emptyImportance:
    'No memory can have this importance and the one before. Write one range: importance:0.3..0.7.',
  unquotedDate: (words: string) => `A date of several words is put in quotes: "${words}".`,
  noDate: (words: string) =>
    `“${words}” is no date. Write one like 2026-03-01, 2026-03, yesterday or "last month".`,
  unknownValue: (filter: string, known: readonly string[]) =>
    `There is no ${filter}. Write ${either(known)}.`,
  unknownTag: (name: string) => `There is no tag “${name}”.`,
  moreThanOneMissing: 'There is more than one missing:, and the last counts.',
  notAmount: (operator: string, example: string) =>
    `There is no -${operator}:. Write a range such as ${example}.`,
  oneAmount: (operator: string) =>
    `Only the first value of ${operator} counts. Write a range such as ${operator}:8..64.`,
  noAmount: (amount: string, example: string) =>
    `“${amount}” is no number Loci can compare with. Write ${example}.`,
  emptyAmount: (operator: string) => `Nothing can have this ${operator} and the one before. Write one range.`,
  loneOrOfSpecializations:
    'OR stands between words, or between filters of the same kind: law OR tax, base:llama OR base:qwen.',
  /** As they are written into a query, which understands them in every language. */
  dates: {
    today: 'today',
    yesterday: 'yesterday',
    thisWeek: 'this week',
    lastWeek: 'last week',
    thisMonth: 'this month',
    lastMonth: 'last month',
    lastYear: 'last year',
  },
  examples: {
    tag: 'tag:garden',
    session: 'session:"Trip to Rome"',
    document: 'document:report.pdf',
  },
  not: {
    after: 'There is no -after:. Write before: for what is earlier.',
    before: 'There is no -before:. Write after: for what is later.',
    on: 'There is no -on:. Write before: for what is earlier, after: for what is later.',
    importance: 'There is no -importance:. Write a range such as importance:<0.5 or importance:0.3..0.7.',
    asOf: 'There is no -as-of:. Write the one day whose library you want to see, such as as-of:2026-03-01.',
  },
  several: {
    after: 'Only the first value of after counts. Write on:2025,2026 for either of two periods.',
    before: 'Only the first value of before counts. Write on:2025,2026 for either of two periods.',
    asOf: 'Only the first value of as-of counts. Write the one day whose library you want to see, such as as-of:2026-03-01.',
    importance: 'Only the first value of importance counts. Write a range such as importance:0.3..0.7.',
  },
  meanings: {
    tag: 'With this tag',
    session: 'From this session',
    source: 'That came in this way',
    document: 'From this document',
    after: 'From this day on',
    before: 'Before this day',
    on: 'On this day, or in this month or year',
    importance: 'Of this importance, 0 to 1',
    is: 'Pinned, or without a tag',
    has: 'With earlier versions, or a document',
    in: 'In the trash',
    asOf: 'The library as it was then',
  },
};
