import { useSyncExternalStore } from 'react';
import type { GroupedRow, SpecializationRow } from '../../../shared/schemas/specialization-list.ts';
import { remembered } from '../../navigation/remembered.ts';
import { compareNames } from '../../text/formats.ts';

export const columns = ['name', 'baseModel', 'rank', 'format', 'size', 'memories', 'added'] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
  readonly by: Column;
  readonly isDown: boolean;
}

export type Layout = 'table' | 'cards';

interface Choices {
  readonly layout: Layout;
  readonly sorting: Sorting;
  /** Versions of the same adapter below each other. */
  readonly isGrouped: boolean;
}

const memory = remembered('specializations', (text) => text);
let choices: Choices = parse(memory.read() ?? '');
const watchers = new Set<() => void>();

function parse(text: string): Choices {
  const [layout, by, way, grouping] = text.split(' ');
  return {
    layout: layout === 'cards' ? 'cards' : 'table',
    sorting: { by: columns.find((column) => column === by) ?? 'added', isDown: way !== 'up' },
    isGrouped: grouping === 'grouped',
  };
}

/** How the library is looked at; the same the next time. */
export function useListChoices(): Choices {
  return useSyncExternalStore(
    (onChange) => {
      watchers.add(onChange);
      return () => watchers.delete(onChange);
    },
    () => choices,
  );
}

export function chooseInList(change: Partial<Choices>): void {
  choices = { ...choices, ...change };
  const { layout, sorting, isGrouped } = choices;
  memory.write(
    `${layout} ${sorting.by} ${sorting.isDown ? 'down' : 'up'} ${isGrouped ? 'grouped' : 'single'}`,
  );
  for (const watcher of watchers) watcher();
}

/** By another column: as one first wants to see it. By the same once more: the other way round. */
export function sortBy(by: Column): void {
  const { sorting } = choices;
  const first = by !== 'name' && by !== 'baseModel' && by !== 'format';
  chooseInList({ sorting: { by, isDown: sorting.by === by ? !sorting.isDown : first } });
}

function valueOf(row: SpecializationRow, by: Column): string | number | null {
  switch (by) {
    case 'name':
      return row.name;
    case 'baseModel':
      return row.baseModel;
    case 'rank':
      return row.rank;
    case 'format':
      return row.format;
    case 'size':
      return row.fileSizeBytes;
    case 'memories':
      return row.training + row.reference;
    case 'added':
      return Date.parse(row.createdAt);
  }
}

/** What is not known comes last, whichever way round. */
export function inOrder<Row extends SpecializationRow>(rows: readonly Row[], { by, isDown }: Sorting): Row[] {
  const way = isDown ? -1 : 1;
  return rows
    .map((row) => ({ row, value: valueOf(row, by) }))
    .toSorted((a, b) => {
      if (a.value === null || b.value === null)
        return Number(a.value === null) - Number(b.value === null) || compareNames(a.row.name, b.row.name);
      const order =
        typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value
          : compareNames(String(a.value), String(b.value));
      return order * way || compareNames(a.row.name, b.row.name);
    })
    .map(({ row }) => row);
}

/** Versions of one adapter below the first of them. */
export function inGroups(rows: readonly GroupedRow[]): GroupedRow[] {
  const groups = Map.groupBy(rows, ({ id, group }) => group ?? id);
  return [...groups.values()].flat();
}
