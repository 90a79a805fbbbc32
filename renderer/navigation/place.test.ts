import { expect, test } from 'vitest';
import { addressOf, home, keyOf, placeAt, type Place } from './place.ts';

const id = '019aa4c0-0000-7000-8000-000000000001';
const open = '019aa4c0-0000-7000-8000-000000000002';

test('an address leads back to the place it was made of', () => {
  const places: Place[] = [
    home,
    { view: { kind: 'trash' }, open },
    { view: { kind: 'tag', id } },
    { view: { kind: 'saved', id }, open },
    { view: { kind: 'duplicates' }, pair: [id, open] },
    { view: { kind: 'specializations' }, q: 'base:llama rank:>=16', open },
    { view: { kind: 'specializations' }, pair: [id, open] },
    { view: { kind: 'specialization-trash' } },
    { view: { kind: 'pinned' }, period: { after: '2025-03-01', before: '2025-04-01' }, open },
    { view: { kind: 'memories' }, q: 'tag:garden "a & b" #?é=/', open },
  ];
  expect(places.map((place) => placeAt(addressOf(place)))).toEqual(places);
});

test('an address nobody knows leads home', () => {
  for (const address of [
    '',
    '#',
    '#/',
    '#/start',
    '#/tag',
    '#/tag/nonsense',
    `#/tag/${id}/x`,
    '#/memories/1',
  ]) {
    expect(placeAt(address)).toEqual(home);
  }
  expect(placeAt('#/pinned?open=<script>')).toEqual({ view: { kind: 'pinned' } });
  for (const pair of [id, `${id},${id}`, `${id},${open},${id}`, 'a,b', ''])
    expect(placeAt(`#/duplicates?pair=${pair}`)).toEqual({ view: { kind: 'duplicates' } });
});

test('a period nobody can mean is none', () => {
  for (const period of [
    'after=2025-03-01',
    'after=2025-02-30&before=2025-04-01',
    'after=2025-04-01&before=2025-04-01',
    'after=0999-01-01&before=1200-01-01',
    'after=yesterday&before=today',
  ]) {
    expect(placeAt(`#/memories?${period}`)).toEqual(home);
  }
  expect(placeAt('#/trash?after=2025-03-01&before=2025-04-01')).toEqual({ view: { kind: 'trash' } });
});

test('what is open makes no other list of it, what is searched for, and of when, does', () => {
  expect(keyOf({ view: { kind: 'memories' }, open })).toBe(keyOf(home));
  expect(keyOf({ view: { kind: 'duplicates' }, pair: [id, open] })).toBe('duplicates');
  expect(keyOf({ view: { kind: 'memories' }, q: 'garden' })).not.toBe(keyOf(home));
  const period = { after: '2025-03-01', before: '2025-04-01' };
  expect(keyOf({ ...home, period })).not.toBe(keyOf(home));
});
