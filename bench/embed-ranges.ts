import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ONNX } from '@xenova/transformers/src/backends/onnx.js';
import { readModelFiles } from '../main/embedding/model-files.ts';
import { createTokenizer } from '../main/embedding/tokenizer.ts';
import { convertModel } from '../scripts/model/convert.mjs';
import { root } from '../scripts/places.mjs';
import { progress } from './report.ts';
import { readSciFact } from './scifact.ts';

/** Texts as unlike each other as can be: the ranges are to hold for all. */
const odd = [
  '',
  '.',
  '!!!!!!!',
  '😀😀😀',
  '漢字かな交じり文',
  'שלום עולם',
  '1 2 3 4 5 6 7 8 9 10',
  'word '.repeat(250),
  '[MASK] [MASK]',
  'SELECT * FROM memory WHERE id = 1;',
  'for (;;) { const x = [1, 2, 3]; }',
  'http://example.org/foo?bar=baz&qux=1',
  'Où est la bibliothèque? Ça va très bien, merci.',
];

/**
 * Between what numbers the inputs of the model's layers are, over texts of many kinds: what
 * scripts/model/activation-ranges.json is made of. Printed as it stands there.
 *
 *     npm run bench -- embed-ranges [--data <folder of SciFact>]
 */
export async function run(args: string[]): Promise<void> {
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'loci-bench-ranges-'));
  try {
    const folder = await convertModel(scratch, { forMeasuring: true });
    const { tokenizer, tokenizerConfig, identity } = await readModelFiles(folder);
    const { encode } = createTokenizer(tokenizer, tokenizerConfig, identity.maxTokens);
    const model = await ONNX.InferenceSession.create(path.join(folder, 'onnx/watched.onnx'), {
      executionProviders: ['cpu'],
    });
    const { documents, queries } = readSciFact(args);
    const notes = await fs.readFile(path.join(root, 'bench/everyday-notes.tsv'), 'utf8');
    const texts = [
      ...documents.filter((_, i) => i % 40 === 0).map(({ title, text }) => `${title} ${text}`),
      ...queries.slice(0, 150).map(({ text }) => text),
      ...notes.split(/[\t\n]/),
      ...odd,
    ];
    const names = ['sentence_embedding', 'last_hidden_state'];
    for (let i = 0; i < 24; i++) names.push(`least_${i}`, `most_${i}`);
    const inputs: Channel[][] = Array.from({ length: 24 }, () => []);
    for (const [done, text] of texts.entries()) {
      if (done % 100 === 0) progress(`${done} of ${texts.length} texts`);
      const ids = BigInt64Array.from(encode(text), BigInt);
      const tensor = (data: BigInt64Array) => new ONNX.Tensor('int64', data, [1, ids.length]);
      const found = await model.run(
        {
          input_ids: tensor(ids),
          attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
          token_type_ids: tensor(new BigInt64Array(ids.length)),
        },
        names,
      );
      for (const [i, channels] of inputs.entries()) {
        const most = numbers(found[`most_${i}`]?.data);
        numbers(found[`least_${i}`]?.data).forEach((least, at) => {
          const before = channels[at] ?? { least: 0, most: 0 };
          channels[at] = {
            least: Math.min(before.least, least),
            most: Math.max(before.most, most[at] ?? 0),
          };
        });
      }
    }
    console.log(`[\n${inputs.map((channels) => `  ${JSON.stringify(rangeOf(channels))}`).join(',\n')}\n]`);
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

interface Channel {
  readonly least: number;
  readonly most: number;
}

/** The largest channels are divided until they are no larger than the one that is so many places further down. */
const largeChannels = 4;

function rangeOf(channels: readonly Channel[]) {
  const sizes = channels.map(({ least, most }) => Math.max(-least, most));
  const limit = sizes.toSorted((a, b) => b - a)[largeChannels] ?? Infinity;
  const isUneven = Math.max(...sizes) > 1.5 * limit;
  const factors = sizes.map((size) => (isUneven && size > limit ? Math.ceil((10 * size) / limit) / 10 : 1));
  const even = (of: 'least' | 'most') => channels.map((channel, i) => channel[of] / (factors[i] ?? 1));
  return {
    least: Math.floor(10 * Math.min(...even('least'))) / 10,
    most: Math.ceil(10 * Math.max(...even('most'))) / 10,
    divided: Object.fromEntries([...factors.entries()].filter(([, factor]) => factor !== 1)),
  };
}

function numbers(data: unknown): Float32Array {
  if (!(data instanceof Float32Array)) throw new Error('The model returned no numbers.');
  return data;
}
