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
 * @param {OnnxGraph} graph
 * @param {number} heads
 * @returns {Arithmetic}
 */
export function eightBit(graph, heads) {
  const zero = graph.constant(Int8Array.of(0), []);
  const mask = graph.op('Cast', ['attention_mask'], castTo.int32);

  /** @param {Matrix} weights */
  const quantized = (weights) => {
    const columns = quantizeColumns(weights, 64);
    return {
      weights: graph.constant(columns.quantized, columns.shape),
      scales: graph.constant(columns.scales, [columns.scales.length]),
    };
  };

  return {
    lookUp: (table, rows) => lookUpEightBit(graph, table, rows),
    dense(input, layer) {
      const { weights, scales } = quantized(layer.weights);
      const bias = graph.constant(layer.bias.values, layer.bias.shape);
      return graph.op('com.microsoft.DynamicQuantizeMatMul', [input, weights, scales, zero, bias]);
    },
    attend(input, { query, key, value }) {
      const layers = [query, key, value];
      const { weights, scales } = quantized(stack(layers.map((layer) => layer.weights)));
      const bias = stack(layers.map((layer) => layer.bias));
      const [bytes = '', scale = '', middle = ''] = graph.ops('DynamicQuantizeLinear', [input], 3);
      const biases = graph.constant(bias.values, bias.shape);
      const inputs = [bytes, weights, biases, scale, scales, mask, middle, zero];
      return graph.op('com.microsoft.QAttention', inputs, { num_heads: heads });
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
