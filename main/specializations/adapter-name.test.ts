import { expect, test } from 'vitest';
import { adapterNameFor } from './adapter-name.ts';

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
