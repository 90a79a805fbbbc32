import fc from 'fast-check';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pageFile } from './page-file.ts';

const dir = path.resolve("/opt/Loci it's/renderer");

test('an address of ours is a file of the page', () => {
  expect(pageFile(dir, 'app://loci/')).toBe(path.join(dir, 'index.html'));
  expect(pageFile(dir, 'app://loci/assets/main%20one.js?x=1#y')).toBe(
    path.join(dir, 'assets', 'main one.js'),
  );
});

test('no address leads out of the folder', () => {
  const outside = [
    'app://other/index.html',
    'file:///etc/passwd',
    'https://loci/index.html',
    'app://loci/%00',
    'app://loci/..%5c..%5cetc',
    'not an address',
    'app://loci/%E0%A4%A',
  ];
  expect(outside.map((address) => pageFile(dir, address))).toEqual(outside.map(() => undefined));
  fc.assert(
    fc.property(fc.array(fc.constantFrom('..', '%2e%2e', '%2f', '/', '\\', 'a', '.', '%252e')), (parts) => {
      const file = pageFile(dir, `app://loci/${parts.join('/')}`);
      expect(file === undefined || file.startsWith(dir + path.sep)).toBe(true);
    }),
  );
});
