import { expect, test } from 'vitest';
import type { GroupedRow } from '../../../shared/schemas/specialization-list.ts';
import { inGroups, inOrder } from './list-choices.ts';

const plain: GroupedRow = {
  id: '',
  name: '',
  domain: '',
  tags: [],
  status: 'ready',
  format: 'safetensors',
  baseModel: null,
  rank: null,
  dtype: null,
  targets: [],
  fileSizeBytes: null,
  parameterCount: null,
  training: 0,
  reference: 0,
  isCopy: false,
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  version: 1,
  group: null,
};
const row = (name: string, more: Partial<GroupedRow> = {}): GroupedRow => ({
  ...plain,
  id: name,
  name,
  ...more,
});
const names = (rows: readonly GroupedRow[]) => rows.map(({ name }) => name);

test('numbers in names count as numbers, capitals make no difference', () => {
  const rows = [row('garden 10'), row('Garden 9'), row('attic')];
  expect(names(inOrder(rows, { by: 'name', isDown: false }))).toEqual(['attic', 'Garden 9', 'garden 10']);
  expect(names(inOrder(rows, { by: 'name', isDown: true }))).toEqual(['garden 10', 'Garden 9', 'attic']);
});

test('what is not known comes last, whichever way round', () => {
  const rows = [row('none'), row('small', { rank: 4 }), row('large', { rank: 64 })];
  expect(names(inOrder(rows, { by: 'rank', isDown: true }))).toEqual(['large', 'small', 'none']);
  expect(names(inOrder(rows, { by: 'rank', isDown: false }))).toEqual(['small', 'large', 'none']);
});

test('versions of one adapter stand where the first of them stands', () => {
  const rows = [row('b', { group: 'a' }), row('x'), row('a', { group: 'a' }), row('y')];
  expect(names(inGroups(rows))).toEqual(['b', 'a', 'x', 'y']);
});
