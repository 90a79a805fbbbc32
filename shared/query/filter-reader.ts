import { textsNow } from '../texts/index.ts';
import { memorySources } from '../schemas/memory.ts';
import { zoneOf, type Zone } from './calendar.ts';
import { closestName } from './closest-name.ts';
import { importanceRange, isEmptyRange, narrowedRange } from './importance.ts';
import { type OperatorName, placeNames, possessionNames, stateNames } from './operators.ts';
import { type Period, periodOf } from './period.ts';
import type { QueryProblem } from './query-problem.ts';
import type { SearchDate, SearchQuery } from './search-query.ts';
import { type FilterToken, type TextRange, type ValueToken, writtenValue } from './tokens.ts';

interface Reading {
  /** The whole text. */
  text: string;
  now: Date;
  timeZone?: string | undefined;
  /** What is read is added to these. */
  query: SearchQuery;
  problems: QueryProblem[];
}

/** Reads the filters of a query one after the other; `joined` is one behind an OR. */
export function createFilterReader(reading: Reading): (token: FilterToken, joined: boolean) => void {
  const { text, query, problems } = reading;
  const texts = textsNow();
  // Asked for by few queries, and the calendars of a time zone take a while to make.
  let zone: Zone | undefined;

  return function read(token, joined) {
    const open = token.values.find((value) => !value.closed);
    if (open && open.text !== '') {
      report(open, texts.query.openValue(token.operator), `${text.slice(open.from, open.to)}"`);
    }
    const values = token.values.filter((value) => value.text !== '');
    const [first] = values;
    if (!first) return;
    const { operator, negated } = token;
    // As names are kept: some systems type and copy letters and their accents apart.
    const names = values.map((value) => value.text.normalize('NFC'));

    if (operator === 'tag') {
      const group = joined ? query.tags.at(-1) : undefined;
      if (negated) query.withoutTags.push(...names);
      else if (group) group.push(...names);
      else query.tags.push(names);
    } else if (operator === 'session') {
      (negated ? query.withoutSessions : query.sessions).push(...names);
    } else if (operator === 'document') {
      (negated ? query.withoutDocuments : query.documents).push(...names);
    } else if (operator === 'source') {
      const list = negated ? query.withoutSources : query.sources;
      for (const value of values) list.push(...named(operator, value, memorySources));
    } else if (operator === 'is' || operator === 'has' || operator === 'in') {
      readFlags(token, values);
    } else if (negated) {
      report(token, notSo(operator), opposite(operator, first.text));
    } else if (operator === 'on') {
      for (const value of values) query.on.push(...dateIn(value));
    } else {
      readSingle(operator, token, first, values.length);
    }
  };

  function readFlags(token: FilterToken, values: ValueToken[]): void {
    const { operator, negated } = token;
    for (const value of values) {
      if (operator === 'is') {
        for (const name of named('is', value, stateNames)) set(name, name);
      } else if (operator === 'has') {
        for (const name of named('has', value, possessionNames)) {
          set(name === 'version' ? 'hasVersion' : 'hasDocument', name);
        }
      } else {
        for (const _trash of named('in', value, placeNames)) query.inTrash = !negated;
      }
    }
    if (values.length > 1 && operator !== 'in') {
      const sign = negated ? '-' : '';
      const each = values.map((value) => `${sign}${operator}:${writtenValue(value.text)}`).join(' ');
      report(token, texts.query.together(shown(each)), each);
    }

    function set(flag: 'pinned' | 'untagged' | 'hasVersion' | 'hasDocument', name: string): void {
      if (query[flag] === negated) {
        report(token, texts.query.both(`${operator}:${name}`));
      }
      query[flag] = !negated;
    }
  }

  function readSingle(operator: SingleOperator, token: FilterToken, value: ValueToken, count: number): void {
    if (count > 1) report(token, onlyFirst(operator));
    if (operator === 'importance') {
      readImportance(value);
      return;
    }
    const field = operator === 'as-of' ? 'asOf' : operator;
    for (const date of dateIn(value)) {
      if (query[field]) report(token, texts.query.moreThanOne(operator));
      query[field] = date;
    }
  }

  function readImportance(value: ValueToken): void {
    const range = importanceRange(value.text);
    if (!range) {
      report(value, texts.query.importance);
      return;
    }
    query.importance = query.importance ? narrowedRange(query.importance, range) : range;
    if (isEmptyRange(query.importance)) {
      report(value, texts.query.emptyImportance);
    }
  }

  function dateIn(value: ValueToken): [SearchDate] | [] {
    const period = periodIn(value.text);
    const words = value.quoted ? undefined : wordsMeant(value, period !== undefined);
    if (words) {
      const range = { from: value.from, to: value.from + words.length };
      report(range, texts.query.unquotedDate(words), `"${words}"`);
    } else if (!period) {
      report(value, texts.query.noDate(shown(value.text)));
    }
    if (!period) return [];
    const dateText = value.text.replace(/\s+/g, ' ');
    return [{ text: dateText, from: period.from.toISOString(), until: period.until.toISOString() }];
  }

  function periodIn(words: string): Period | undefined {
    zone ??= zoneOf(reading.timeZone);
    return periodOf(words, reading.now, zone);
  }

  /** `after:last month`, `after:3 days ago` and `on:march 2025` without the quotes that they need. */
  function wordsMeant(value: ValueToken, isDate: boolean): string | undefined {
    const words = /^\S{1,20} \S{1,20}(?: \S{1,20})?/.exec(text.slice(value.from))?.[0].split(' ') ?? [];
    const counts = isDate ? (/^\d{4}$/.test(words[1] ?? '') ? [2] : []) : [3, 2];
    return counts
      .filter((count) => count <= words.length)
      .map((count) => words.slice(0, count).join(' '))
      .find((some) => !some.includes('"') && periodIn(some) !== undefined);
  }

  function named<Name extends string>(
    operator: OperatorName,
    value: ValueToken,
    names: readonly Name[],
  ): [Name] | [] {
    const typed = value.text.toLowerCase();
    const name = names.find((each) => each === typed);
    if (name !== undefined) return [name];
    const choices = names.map((each) => `${operator}:${each}`);
    const filter = `${operator}:${shown(writtenValue(value.text))}`;
    report(value, texts.query.unknownValue(filter, choices), closestName(typed, names));
    return [];
  }

  function report(range: TextRange, message: string, suggestion?: string): void {
    const { from, to } = range;
    problems.push({ from, to, message, ...(suggestion === undefined ? {} : { suggestion }) });
  }
}

type SingleOperator = 'after' | 'before' | 'as-of' | 'importance';

function onlyFirst(operator: SingleOperator): string {
  const texts = textsNow();
  switch (operator) {
    case 'after':
      return texts.query.several.after;
    case 'before':
      return texts.query.several.before;
    case 'as-of':
      return texts.query.several.asOf;
    case 'importance':
      return texts.query.several.importance;
  }
}

function notSo(operator: SingleOperator | 'on'): string {
  const texts = textsNow();
  switch (operator) {
    case 'after':
      return texts.query.not.after;
    case 'before':
      return texts.query.not.before;
    case 'on':
      return texts.query.not.on;
    case 'as-of':
      return texts.query.not.asOf;
    case 'importance':
      return texts.query.not.importance;
  }
}

/** What comes after a day is all that is not before it. */
function opposite(operator: string, value: string): string | undefined {
  if (operator === 'after') return `before:${writtenValue(value)}`;
  if (operator === 'before') return `after:${writtenValue(value)}`;
  const [, sign, number] = /^(>=|<=|>|<)([\d.]+)$/.exec(value) ?? [];
  const opposites: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' };
  return operator === 'importance' && sign !== undefined
    ? `importance:${opposites[sign]}${number}`
    : undefined;
}

/** A sentence stays one, whatever was typed. */
const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
