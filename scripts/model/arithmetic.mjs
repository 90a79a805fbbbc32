import { quantizeColumns, quantizeRows, stack, transpose } from './quantize.mjs';

/**
 * @typedef {import('./onnx-graph.mjs').OnnxGraph} OnnxGraph
 * @typedef {import('./safetensors.mjs').Matrix} Matrix
 * @typedef {{ weights: Matrix, bias: Matrix }} Layer weights as PyTorch stores them: (out, in)
 * @typedef {{ query: Layer, key: Layer, value: Layer }} Attention
 *
 * @typedef {object} Arithmetic how the parts of the model that hold nearly all of its weights are computed
 * @property {(table: Matrix, rows: string) => string} lookUp
 * @property {(input: string, layer: Layer) => string} dense input × weights + bias
 * @property {(input: string, attention: Attention) => string} attend
 *
 * @typedef {object} Range what the numbers of an input are between that is rounded
 * @property {number} least
 * @property {number} most
 * @property {Readonly<Record<string, number>>} divided by how much some of its channels are to be divided before
 */

const castTo = { float: { to: 1 }, int32: { to: 6 } };

/**
 * What ships: eight-bit integers in operators of the runtime's own (domain com.microsoft; both its native
 * and its WebAssembly build have them), which fuse what would be six to twelve standard ones.
 *
 * Weights use seven of their eight bits. Without VNNI, x64 multiplies pairs of unsigned activations and
 * signed weights into sixteen bits that saturate: 255 × 64 × 2 still fits, 255 × 127 × 2 does not. So the
 * fastest instruction is also right on every machine; unsigned weights are safe too, but measured a quarter
 * slower.
 *
 * Activations are rounded by ranges that were measured once (`npm run bench -- embed-ranges`), not by what happens to
 * be in a batch: so a text has the same vector, to the bit, whatever it is computed with, and it is computed a
 * little sooner. Every text has a few places as large as these ranges, so they would be the same for each alone. One or
 * two channels of an input are many times as large as all others, whose steps they would coarsen; these are divided,
 * and the weights that they meet multiplied.
 *
 * @param {OnnxGraph} graph
 * @param {number} heads
 * @param {readonly Range[]} ranges in the order of use
 * @returns {Arithmetic}
 */
export function eightBit(graph, heads, ranges) {
  const zero = graph.constant(Int8Array.of(0), []);
  const unused = ranges.values();
  const mask = graph.op('Cast', ['attention_mask'], castTo.int32);

  /** @param {Matrix} weights */
  const quantized = (weights) => {
    const columns = quantizeColumns(weights, 64);
    return {
      weights: graph.constant(columns.quantized, columns.shape),
      scales: graph.constant(columns.scales, [columns.scales.length]),
    };
  };

  /**
   * @param {string} input
   * @param {Matrix} weights
   */
  const rounded = (input, weights) => {
    const range = unused.next().value;
    if (range === undefined) throw new Error('There is no range for this input.');
    const { least, most, divided } = range;
    const step = Math.fround((most - least) / 255);
    const scale = graph.scalar(step);
    const middle = graph.constant(Uint8Array.of(Math.round(-least / step)), []);
    const [, width = 0] = weights.shape;
    const factors = Float32Array.from({ length: width }, (_, channel) => divided[channel] ?? 1);
    const even =
      Object.keys(divided).length === 0
        ? input
        : graph.op('Mul', [
            input,
            graph.constant(
              factors.map((factor) => 1 / factor),
              [width],
            ),
          ]);
    const values = weights.values.map((weight, i) => weight * (factors[i % width] ?? 1));
    return {
      bytes: graph.op('QuantizeLinear', [even, scale, middle]),
      scale,
      middle,
      ...quantized({ shape: weights.shape, values }),
    };
  };

  return {
    lookUp: (table, rows) => lookUpEightBit(graph, table, rows),
    dense(input, layer) {
      const { bytes, scale, middle, weights, scales } = rounded(input, layer.weights);
      const bias = graph.constant(layer.bias.values, layer.bias.shape);
      const inputs = [bytes, weights, scale, scales, middle, zero, bias];
      return graph.op('com.microsoft.MatMulIntegerToFloat', inputs);
    },
    attend(input, { query, key, value }) {
      const layers = [query, key, value];
      const stacked = stack(layers.map((layer) => layer.weights));
      const { bytes, scale, middle, weights, scales } = rounded(input, stacked);
      const bias = stack(layers.map((layer) => layer.bias));
      const biases = graph.constant(bias.values, bias.shape);
      const inputs = [bytes, weights, biases, scale, scales, mask, middle, zero];
      return graph.op('com.microsoft.QAttention', inputs, { num_heads: heads });
    },
  };
}

/**
 * Computes in full and gives what `eightBit` would have to round: the outputs `least_0`, `most_0`, `least_1` … by
 * channel, in the order in which that asks for ranges. For measuring them.
 *
 * @param {OnnxGraph} graph
 * @param {number} heads
 * @returns {Arithmetic}
 */
export function watched(graph, heads) {
  const full = standard(graph, heads, 'fp32');
  let count = 0;
  /** @param {string} input */
  const watch = (input) => {
    const of = { axes: [0, 1], keepdims: 0 };
    graph.rename(graph.op('ReduceMin', [input], of), `least_${count}`);
    graph.rename(graph.op('ReduceMax', [input], of), `most_${count}`);
    count++;
  };
  return {
    lookUp: full.lookUp,
    dense(input, layer) {
      watch(input);
      return full.dense(input, layer);
    },
    attend(input, attention) {
      watch(input);
      return full.attend(input, attention);
    },
  };
}

/**
 * What a plain conversion gives, in standard operators only: to measure against, never shipped.
 *
 * @param {OnnxGraph} graph
 * @param {number} heads
 * @param {'fp32' | 'int8'} precision
 * @returns {Arithmetic}
 */
export function standard(graph, heads, precision) {
  const present = graph.op('Cast', ['attention_mask'], castTo.float);
  // Added to a score before softmax: nothing where there is a token, as good as minus infinity elsewhere.
  const absence = graph.op('Mul', [graph.op('Sub', [graph.scalar(1), present]), graph.scalar(-3.4e38)]);
  const mask = graph.op('Unsqueeze', [absence, graph.integers(1, 2)]);
  const middle = graph.constant(Uint8Array.of(128), []);

  /** @type {Arithmetic['dense']} */
  const dense = (input, { weights, bias }) =>
    graph.op('Add', [multiply(input, weights), graph.constant(bias.values, bias.shape)]);

  /**
   * @param {string} input
   * @param {Matrix} weights
   */
  function multiply(input, weights) {
    if (precision === 'fp32') {
      const { values, shape } = transpose(weights);
      return graph.op('MatMul', [input, graph.constant(values, shape)]);
    }
    const { quantized, scales, shape } = quantizeColumns(weights, 127);
    const unsigned = graph.constant(
      Uint8Array.from(quantized, (weight) => weight + 128),
      shape,
    );
    const [bytes = '', scale = '', zero = ''] = graph.ops('DynamicQuantizeLinear', [input], 3);
    const product = graph.op('MatMulInteger', [bytes, unsigned, zero, middle]);
    const steps = graph.op('Mul', [scale, graph.constant(scales, [scales.length])]);
    return graph.op('Mul', [graph.op('Cast', [product], castTo.float), steps]);
  }

  return {
    lookUp(table, rows) {
      if (precision === 'int8') return lookUpEightBit(graph, table, rows);
      return graph.op('Gather', [graph.constant(table.values, table.shape), rows]);
    },
    dense,
    attend(input, { query, key, value }) {
      const [width = 0] = query.weights.shape;
      const splitShape = graph.integers(0, 0, heads, width / heads);
      /**
       * @param {Layer} layer
       * @param {number[]} perm
       */
      const split = (layer, perm) =>
        graph.op('Transpose', [graph.op('Reshape', [dense(input, layer), splitShape])], { perm });
      const products = graph.op('MatMul', [split(query, [0, 2, 1, 3]), split(key, [0, 2, 3, 1])]);
      const scores = graph.op('Mul', [products, graph.scalar(1 / Math.sqrt(width / heads))]);
      const shares = graph.op('Softmax', [graph.op('Add', [scores, mask])], { axis: -1 });
      const mixed = graph.op('MatMul', [shares, split(value, [0, 2, 1, 3])]);
      const merged = graph.op('Transpose', [mixed], { perm: [0, 2, 1, 3] });
      return graph.op('Reshape', [merged, graph.integers(0, 0, width)]);
    },
  };
}

/**
 * @param {OnnxGraph} graph
 * @param {Matrix} table
 * @param {string} rows
 */
function lookUpEightBit(graph, table, rows) {
  const { quantized, scales, shape } = quantizeRows(table);
  const found = graph.op('Gather', [graph.constant(quantized, shape), rows]);
  const steps = graph.op('Gather', [graph.constant(scales, [scales.length, 1]), rows]);
  return graph.op('Mul', [graph.op('Cast', [found], castTo.float), steps]);
}
