import { expect, test } from 'vitest';
import { adapterNameFor, FreeNames } from './adapter-name.ts';

test('an adapter is called as its file is, or as its folder where all files are called the same', () => {
  expect(
    [
      '/a/tax_law.safetensors',
      '/a/letters/adapter_model.safetensors',
      '/a/x/adapters.safetensors',
      '/a/y.GGUF',
      '/',
    ].map(adapterNameFor),
  ).toEqual(['tax law', 'letters', 'x', 'y', 'Adapter']);
});

test('a name that is taken gets the first number that is not', () => {
  const names = new FreeNames(['Twin', 'twin 3', 'other']);
  expect(['twin', 'TWIN', 'twin 2', 'Other', 'new', 'new'].map((wanted) => names.take(wanted))).toEqual([
    'twin 2',
    'TWIN 4',
    'twin 2 2',
    'Other 2',
    'new',
    'new 2',
  ]);
});
