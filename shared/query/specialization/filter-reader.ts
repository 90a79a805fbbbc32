import { textsNow } from '../../texts/index.ts';
import { closestName } from '../closest-name.ts';
import { isEmptyRange, narrowedRange } from '../importance.ts';
import type { QueryProblem } from '../query-problem.ts';
import { type FilterToken, type TextRange, type ValueToken, writtenValue } from '../tokens.ts';
import { specializationStatuses } from '../../schemas/specialization.ts';
import { amountRange, byteUnits, countUnits, plainUnits, wholeUnits } from './amount.ts';
import {
  answers,
  kindNames,
  placeNames,
  readFormats,
  type SpecializationOperatorName,
  specializationOperatorGuides,
} from './operators.ts';
import type { SpecializationQuery } from './specialization-query.ts';

export const amountUnits = {
  rank: wholeUnits,
  alpha: plainUnits,
  size: byteUnits,
  params: countUnits,
  memories: wholeUnits,
} as const;
type AmountName = keyof typeof amountUnits;

type Token = FilterToken<SpecializationOperatorName>;

interface Reading {
  /** The whole text. */
  readonly text: string;
  /** What is read is added to these. */
  readonly query: SpecializationQuery;
  readonly problems: QueryProblem[];
}

/** Reads the filters of a query one after the other; `joined` is one behind an OR. */
export function createSpecializationFilterReader({
  text,
  query,
  problems,
}: Reading): (token: Token, joined: boolean) => void {
  const texts = textsNow();
  return function read(token, joined) {
    const open = token.values.find((value) => !value.closed);
    if (open && open.text !== '') {
      report(open, texts.query.openValue(token.operator), `${text.slice(open.from, open.to)}"`);
    }
    const values = token.values.filter((value) => value.text !== '');
    const [first] = values;
    if (!first) return;
    const { operator, negated } = token;
    const names = values.map((value) => value.text);
    switch (operator) {
      case 'base':
        (negated ? query.withoutBases : query.bases).push(...names);
        break;
      case 'domain':
        (negated ? query.withoutDomains : query.domains).push(...names);
        break;
      case 'dtype':
        (negated ? query.withoutDtypes : query.dtypes).push(...names);
        break;
      case 'tag':
        addGroup(negated ? query.withoutTags : undefined, query.tags, names, joined);
        break;
      case 'target':
        addGroup(negated ? query.withoutTargets : undefined, query.targets, names, joined);
        break;
      case 'format':
        for (const value of values)
          (negated ? query.withoutFormats : query.formats).push(...named(operator, value, readFormats));
        break;
      case 'status':
        for (const value of values)
          (negated ? query.withoutStatuses : query.statuses).push(
            ...named(operator, value, specializationStatuses),
          );
        break;
      case 'is':
        for (const value of values) for (const name of named('is', value, kindNames)) setKind(token, name);
        break;
      case 'in':
        for (const value of values)
          for (const _trash of named('in', value, placeNames)) query.inTrash = !negated;
        break;
      case 'missing':
        readMissing(token, first);
        break;
      default:
        readAmount(operator, token, first);
    }
  };

  function addGroup(
    without: string[] | undefined,
    groups: string[][],
    names: readonly string[],
    joined: boolean,
  ): void {
    const group = joined ? groups.at(-1) : undefined;
    if (without) without.push(...names);
    else if (group) group.push(...names);
    else groups.push([...names]);
  }

  function setKind({ negated, ...token }: Token, name: (typeof kindNames)[number]): void {
    if (query[name] === negated) report(token, texts.query.both(`is:${name}`));
    query[name] = !negated;
  }

  function readMissing(token: Token, value: ValueToken): void {
    for (const answer of named('missing', value, answers)) {
      const missing = (answer === 'yes') !== token.negated;
      if (query.missing === !missing) report(token, texts.query.moreThanOneMissing);
      query.missing = missing;
    }
  }

  function readAmount(operator: AmountName, token: Token, value: ValueToken): void {
    const { example, values } = specializationOperatorGuides[operator];
    if (token.negated) {
      report(
        token,
        texts.query.notAmount(operator, `${operator}:${values.at(-1) ?? ''}`),
        opposite(operator, value.text),
      );
      return;
    }
    if (token.values.length > 1) report(token, texts.query.oneAmount(operator));
    const range = amountRange(value.text, amountUnits[operator]);
    if (!range) {
      report(value, texts.query.noAmount(shown(value.text), example));
      return;
    }
    const both = query[operator] ? narrowedRange(query[operator], range) : range;
    query[operator] = both;
    if (isEmptyRange(both)) report(value, texts.query.emptyAmount(operator));
  }

  function named<Name extends string>(
    operator: SpecializationOperatorName,
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

  function report({ from, to }: TextRange, message: string, suggestion?: string): void {
    problems.push({ from, to, message, ...(suggestion === undefined ? {} : { suggestion }) });
  }
}

function opposite(operator: string, value: string): string | undefined {
  const [, sign, rest] = /^(>=|<=|>|<)([\w.]+)$/.exec(value) ?? [];
  const opposites: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' };
  return sign === undefined || rest === undefined ? undefined : `${operator}:${opposites[sign] ?? ''}${rest}`;
}

/** A sentence stays one, whatever was typed. */
function shown(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}
