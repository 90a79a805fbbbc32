import { OnnxGraph, float } from './onnx-graph.mjs';
import { quantizeColumns, quantizeRows, transpose } from './quantize.mjs';

/**
 * @typedef {import('./safetensors.mjs').Weights} Weights
 *
 * @typedef {object} BertConfig
 * @property {number} hidden_size
 * @property {number} num_attention_heads
 * @property {number} num_hidden_layers
 * @property {number} layer_norm_eps
 */

/**
 * all-MiniLM-L6-v2 as an ONNX model: a BERT encoder of six layers.
 *
 * Outputs: `last_hidden_state`, which a transformers.js pipeline asks for, and `sentence_embedding`, its
 * mean over the text's tokens at unit length, so that the worker need not pool in JavaScript.
 *
 * @param {Weights} weights
 * @param {BertConfig} config
 * @param {'int8' | 'fp32'} precision
 */
export function buildMiniLm(weights, config, precision) {
  const graph = new OnnxGraph();
  const { hidden_size: width, num_attention_heads: heads } = config;
  const headWidth = width / heads;
  const one = graph.scalar(1);
  const u8Middle = precision === 'int8' ? graph.constant(Uint8Array.of(128), []) : '';

  /** @param {string} name */
  const vector = (name) => {
    const { values, shape } = weights.matrix(name);
    return graph.constant(values, shape, name);
  };

  /**
   * @param {string} input
   * @param {string} name
   */
  const normalize = (input, name) =>
    graph.op('LayerNormalization', [input, vector(`${name}.weight`), vector(`${name}.bias`)], {
      axis: -1,
      epsilon: float(config.layer_norm_eps),
    });

  /**
   * input × weights + bias
   *
   * @param {string} input
   * @param {string} name
   */
  const dense = (input, name) => {
    const matrix = weights.matrix(`${name}.weight`);
    const bias = vector(`${name}.bias`);
    if (precision === 'fp32') {
      const { values, shape } = transpose(matrix);
      return graph.op('Add', [graph.op('MatMul', [input, graph.constant(values, shape)]), bias]);
    }
    const { quantized, scales, shape } = quantizeColumns(matrix);
    const [inputQ = '', inputScale = '', inputZero = ''] = graph.ops('DynamicQuantizeLinear', [input], 3);
    const weightsQ = graph.constant(quantized, shape);
    const product = graph.op('MatMulInteger', [inputQ, weightsQ, inputZero, u8Middle]);
    const scale = graph.op('Mul', [inputScale, graph.constant(scales, [scales.length])]);
    return graph.op('Add', [graph.op('Mul', [graph.op('Cast', [product], { to: 1 }), scale]), bias]);
  };

  const embedWords = () => {
    const table = weights.matrix('embeddings.word_embeddings.weight');
    if (precision === 'fp32')
      return graph.op('Gather', [graph.constant(table.values, table.shape), 'input_ids']);
    const { quantized, scales, shape } = quantizeRows(table);
    const rows = graph.op('Gather', [graph.constant(quantized, shape), 'input_ids']);
    const rowScales = graph.op('Gather', [graph.constant(scales, [scales.length, 1]), 'input_ids']);
    return graph.op('Mul', [graph.op('Cast', [rows], { to: 1 }), rowScales]);
  };

  const embed = () => {
    const types = graph.op('Gather', [vector('embeddings.token_type_embeddings.weight'), 'token_type_ids']);
    const length = graph.op('Slice', [
      graph.op('Shape', ['input_ids']),
      graph.integers(1),
      graph.integers(2),
      graph.integers(0),
    ]);
    const places = graph.op('Slice', [
      vector('embeddings.position_embeddings.weight'),
      graph.integers(0),
      length,
      graph.integers(0),
    ]);
    const sum = graph.op('Add', [graph.op('Add', [embedWords(), types]), places]);
    return normalize(sum, 'embeddings.LayerNorm');
  };

  const present = graph.op('Cast', ['attention_mask'], { to: 1 });
  // Added to a score before softmax: nothing where there is a token, as good as minus infinity elsewhere.
  const absence = graph.op('Mul', [graph.op('Sub', [one, present]), graph.scalar(-3.4e38)]);
  const mask = graph.op('Unsqueeze', [absence, graph.integers(1, 2)]);
  const splitShape = graph.integers(0, 0, heads, headWidth);
  const mergeShape = graph.integers(0, 0, width);
  const scoreScale = graph.scalar(1 / Math.sqrt(headWidth));

  /**
   * @param {string} input
   * @param {string} layer
   */
  const attend = (input, layer) => {
    /** @param {string} name @param {number[]} perm */
    const split = (name, perm) =>
      graph.op(
        'Transpose',
        [graph.op('Reshape', [dense(input, `${layer}.attention.self.${name}`), splitShape])],
        { perm },
      );
    const query = split('query', [0, 2, 1, 3]);
    const key = split('key', [0, 2, 3, 1]);
    const value = split('value', [0, 2, 1, 3]);
    const scores = graph.op('Mul', [graph.op('MatMul', [query, key]), scoreScale]);
    const shares = graph.op('Softmax', [graph.op('Add', [scores, mask])], { axis: -1 });
    const context = graph.op('Transpose', [graph.op('MatMul', [shares, value])], { perm: [0, 2, 1, 3] });
    return dense(graph.op('Reshape', [context, mergeShape]), `${layer}.attention.output.dense`);
  };

  const half = graph.scalar(0.5);
  const rootTwo = graph.scalar(Math.SQRT2);
  /** @param {string} input */
  const gelu = (input) => {
    const erf = graph.op('Erf', [graph.op('Div', [input, rootTwo])]);
    return graph.op('Mul', [graph.op('Mul', [input, graph.op('Add', [erf, one])]), half]);
  };

  let hidden = embed();
  for (let index = 0; index < config.num_hidden_layers; index++) {
    const layer = `encoder.layer.${index}`;
    hidden = normalize(
      graph.op('Add', [attend(hidden, layer), hidden]),
      `${layer}.attention.output.LayerNorm`,
    );
    const widened = gelu(dense(hidden, `${layer}.intermediate.dense`));
    hidden = normalize(
      graph.op('Add', [dense(widened, `${layer}.output.dense`), hidden]),
      `${layer}.output.LayerNorm`,
    );
  }
  graph.rename(hidden, 'last_hidden_state');

  // A mask of ones and zeros times the tokens is their sum; at unit length a sum and a mean are the same.
  const sums = graph.op('MatMul', [graph.op('Unsqueeze', [present, graph.integers(1)]), hidden]);
  const unit = graph.op('LpNormalization', [graph.op('Squeeze', [sums, graph.integers(1)])], {
    axis: -1,
    p: 2,
  });
  graph.rename(unit, 'sentence_embedding');

  return graph.encode({
    name: 'all-MiniLM-L6-v2',
    inputs: {
      input_ids: ['texts', 'tokens'],
      attention_mask: ['texts', 'tokens'],
      token_type_ids: ['texts', 'tokens'],
    },
    outputs: { last_hidden_state: ['texts', 'tokens', width], sentence_embedding: ['texts', width] },
  });
}
