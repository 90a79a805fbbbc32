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
  return function read(token, joined) {
    const open = token.values.find((value) => !value.closed);
    if (open && open.text !== '') {
      const message = `The quotation has no end. Close it with a ": all up to the end is taken for the ${token.operator}.`;
      report(open, message, `${text.slice(open.from, open.to)}"`);
    }
    const values = token.values.filter((value) => value.text !== '');
    const [first] = values;
    if (!first) return;
    const { operator, negated } = token;
    const texts = values.map((value) => value.text);
    switch (operator) {
      case 'base':
        (negated ? query.withoutBases : query.bases).push(...texts);
        break;
      case 'domain':
        (negated ? query.withoutDomains : query.domains).push(...texts);
        break;
      case 'dtype':
        (negated ? query.withoutDtypes : query.dtypes).push(...texts);
        break;
      case 'tag':
        addGroup(negated ? query.withoutTags : undefined, query.tags, texts, joined);
        break;
      case 'target':
        addGroup(negated ? query.withoutTargets : undefined, query.targets, texts, joined);
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
    texts: readonly string[],
    joined: boolean,
  ): void {
    const group = joined ? groups.at(-1) : undefined;
    if (without) without.push(...texts);
    else if (group) group.push(...texts);
    else groups.push([...texts]);
  }

  function setKind({ negated, ...token }: Token, name: (typeof kindNames)[number]): void {
    if (query[name] === negated)
      report(token, `Both is:${name} and -is:${name} cannot be. The last one counts.`);
    query[name] = !negated;
  }

  function readMissing(token: Token, value: ValueToken): void {
    for (const answer of named('missing', value, answers)) {
      const missing = (answer === 'yes') !== token.negated;
      if (query.missing === !missing) report(token, 'There is more than one missing:, and the last counts.');
      query.missing = missing;
    }
  }

  function readAmount(operator: AmountName, token: Token, value: ValueToken): void {
    const { example, values } = specializationOperatorGuides[operator];
    if (token.negated) {
      report(
        token,
        `There is no -${operator}:. Write a range such as ${operator}:${values.at(-1) ?? ''}.`,
        opposite(operator, value.text),
      );
      return;
    }
    if (token.values.length > 1)
      report(token, `Only the first value of ${operator} counts. Write a range such as ${operator}:8..64.`);
    const range = amountRange(value.text, amountUnits[operator]);
    if (!range) {
      report(value, `“${shown(value.text)}” is no number Loci can compare with. Write ${example}.`);
      return;
    }
    const both = query[operator] ? narrowedRange(query[operator], range) : range;
    query[operator] = both;
    if (isEmptyRange(both))
      report(value, `Nothing can have this ${operator} and the one before. Write one range.`);
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
    const last = choices.at(-1) ?? '';
    const others = choices.slice(0, -1).join(', ');
    const message = `There is no ${operator}:${shown(writtenValue(value.text))}. Write ${others === '' ? last : `${others} or ${last}`}.`;
    report(value, message, closestName(typed, names));
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
