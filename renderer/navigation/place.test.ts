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

test('what is open makes no other list of it, what is searched for does', () => {
  expect(keyOf({ view: { kind: 'memories' }, open })).toBe(keyOf(home));
  expect(keyOf({ view: { kind: 'duplicates' }, pair: [id, open] })).toBe('duplicates');
  expect(keyOf({ view: { kind: 'memories' }, q: 'garden' })).not.toBe(keyOf(home));
});
