import { noSelection, type Selection } from './selection.ts';

/** How a list was left. */
export interface LeftAt {
  readonly offset: number;
  readonly selection: Selection;
}

type Named = readonly (readonly [list: string, at: LeftAt])[];

/** As many as one goes back to after a start. */
const mostKept = 12;
/** Of more, where the keyboard was is enough. */
const mostIds = 200;

/** What stands there in a form that is not known is as if it were not there. */
export function readLeft(text: string | undefined): Named {
  try {
    const lists: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(lists) ? lists.flatMap((list: unknown) => readOne(list)) : [];
  } catch {
    return [];
  }
}

export function writeLeft(lists: Named): string {
  return JSON.stringify(
    lists
      // What was only passed through is as if one had never been there, and takes nobody's place.
      .filter(([, { offset, selection }]) => offset > 0 || selection.cursor !== undefined)
      .slice(-mostKept)
      .map(([list, { offset, selection }]) => [
        list,
        Math.round(offset),
        selection.cursor ?? null,
        selection.ids.size > mostIds ? [] : [...selection.ids],
      ]),
  );
}

/** The own in place of those of the same name, as the latest. */
export function mergedLeft(others: Named, own: Named): Named {
  const names = new Set(own.map(([list]) => list));
  return [...others.filter(([list]) => !names.has(list)), ...own];
}

function readOne(list: unknown): Named {
  if (!Array.isArray(list)) return [];
  const [name, offset, cursor, ids]: readonly unknown[] = list;
  if (typeof name !== 'string' || typeof offset !== 'number' || !Array.isArray(ids)) return [];
  const known = ids.filter((id): id is string => typeof id === 'string');
  const selection: Selection =
    typeof cursor === 'string'
      ? { ids: new Set(known.length > 0 ? known : [cursor]), cursor, anchor: cursor }
      : noSelection;
  return [[name, { offset, selection }]];
}
