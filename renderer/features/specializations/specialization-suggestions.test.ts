import { expect, test } from 'vitest';
import { textsIn } from '../../../shared/texts/index.ts';
import { specializationSuggestions, type KnownRow } from './specialization-suggestions.ts';

const row = (known: Partial<KnownRow>): KnownRow => ({
  baseModel: null,
  domain: '',
  tags: [],
  targets: [],
  dtype: null,
  ...known,
});
const rows = [
  row({ baseModel: 'meta-llama/Llama-3.1-8B', domain: 'Tax law', targets: ['q_proj', 'v_proj'] }),
  row({ baseModel: 'meta-llama/Llama-3.1-8B', tags: ['trusted'], dtype: 'BF16' }),
  row({ baseModel: 'Qwen/Qwen2-7B', domain: 'Garden' }),
];
const offered = (text: string, caret = text.length) =>
  specializationSuggestions(text, caret, rows, textsIn.en).map(({ label, text: next }) => [label, next]);

test('the beginning of a filter is completed, and an ordinary word is left alone', () => {
  expect(offered('garden ra')).toEqual([['rank:', 'garden rank:']]);
  expect(offered('garden')).toEqual([]);
  expect(offered('"base')).toEqual([]);
});

test('a filter offers what the library has, what most have first', () => {
  expect(offered('base:')).toEqual([
    ['Llama-3.1-8B', 'base:Llama-3.1-8B '],
    ['Qwen2-7B', 'base:Qwen2-7B '],
  ]);
  expect(offered('base:qw')).toEqual([['Qwen2-7B', 'base:Qwen2-7B ']]);
  expect(offered('domain:t')).toEqual([['Tax law', 'domain:"Tax law" ']]);
  expect(offered('target:q_proj,')).toEqual([['v_proj', 'target:q_proj,v_proj ']]);
});

test('where the library knows nothing, the usual values are offered, and none that stands there', () => {
  expect(offered('missing:').map(([label]) => label)).toEqual(['yes', 'no']);
  expect(offered('missing:yes')).toEqual([]);
});

test('an empty field offers where one may begin', () => {
  expect(offered('').map(([label]) => label)).toEqual(['base:', 'rank:', 'missing:']);
});
