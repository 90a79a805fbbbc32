import { eightBit, standard, watched } from './arithmetic.mjs';
import { OnnxGraph, float } from './onnx-graph.mjs';

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
 * Two outputs: `sentence_embedding`, the mean over a text's tokens at unit length, so that nobody need pool
 * in JavaScript, and `last_hidden_state`, which a transformers.js pipeline asks for. The first must come
 * first: asked for one output only, onnxruntime-node 1.14 returns it under the name of the first.
 *
 * @param {Weights} weights
 * @param {BertConfig} config
 * @param {'watched' | 'standard fp32' | 'standard int8' | { ranges: readonly import('./arithmetic.mjs').Range[] }} kind what
 *   ships is the one with the ranges
 */
export function buildMiniLm(weights, config, kind) {
  const graph = new OnnxGraph();
  const { hidden_size: width, num_attention_heads: heads, num_hidden_layers: layers } = config;
  const arithmetic =
    typeof kind === 'object'
      ? eightBit(graph, heads, kind.ranges)
      : kind === 'watched'
        ? watched(graph, heads)
        : standard(graph, heads, kind === 'standard fp32' ? 'fp32' : 'int8');

  /** @param {string} name */
  const vector = (name) => {
    const { values, shape } = weights.matrix(name);
    return graph.constant(values, shape);
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

  /** @param {string} name */
  const layer = (name) => ({
    weights: weights.matrix(`${name}.weight`),
    bias: weights.matrix(`${name}.bias`),
  });

  // Written as the runtime's optimizer knows it, which makes one operator of it (as it does of a sum that
  // is normalized).
  const [half, one, rootTwo] = [graph.scalar(0.5), graph.scalar(1), graph.scalar(Math.SQRT2)];
  /** @param {string} input */
  const gelu = (input) => {
    const erf = graph.op('Erf', [graph.op('Div', [input, rootTwo])]);
    return graph.op('Mul', [graph.op('Mul', [input, graph.op('Add', [erf, one])]), half]);
  };

  const embed = () => {
    const words = arithmetic.lookUp(weights.matrix('embeddings.word_embeddings.weight'), 'input_ids');
    const types = graph.op('Gather', [vector('embeddings.token_type_embeddings.weight'), 'token_type_ids']);
    const [from, to, axis] = [graph.integers(0), graph.integers(1), graph.integers(0)];
    const length = graph.op('Slice', [graph.op('Shape', ['input_ids']), to, graph.integers(2), axis]);
    const allPlaces = vector('embeddings.position_embeddings.weight');
    const places = graph.op('Slice', [allPlaces, from, length, axis]);
    const sum = graph.op('Add', [graph.op('Add', [words, types]), places]);
    return normalize(sum, 'embeddings.LayerNorm');
  };

  let hidden = embed();
  for (let index = 0; index < layers; index++) {
    const name = `encoder.layer.${index}`;
    const mixed = arithmetic.attend(hidden, {
      query: layer(`${name}.attention.self.query`),
      key: layer(`${name}.attention.self.key`),
      value: layer(`${name}.attention.self.value`),
    });
    const attended = arithmetic.dense(mixed, layer(`${name}.attention.output.dense`));
    hidden = normalize(graph.op('Add', [attended, hidden]), `${name}.attention.output.LayerNorm`);
    const widened = gelu(arithmetic.dense(hidden, layer(`${name}.intermediate.dense`)));
    const narrowed = arithmetic.dense(widened, layer(`${name}.output.dense`));
    hidden = normalize(graph.op('Add', [narrowed, hidden]), `${name}.output.LayerNorm`);
  }

  // A row of ones and zeros times the tokens is their sum; at unit length a sum and a mean are the same.
  const present = graph.op('Cast', ['attention_mask'], { to: 1 });
  const sums = graph.op('MatMul', [graph.op('Unsqueeze', [present, graph.integers(1)]), hidden]);
  const sum = graph.op('Squeeze', [sums, graph.integers(1)]);
  graph.rename(graph.op('LpNormalization', [sum], { axis: -1, p: 2 }), 'sentence_embedding');
  graph.rename(hidden, 'last_hidden_state');

  const inputsPerLayer = 4;
  const extremes = Array.from({ length: kind === 'watched' ? layers * inputsPerLayer : 0 }, (_, i) => [
    [`least_${i}`, ['channels']],
    [`most_${i}`, ['channels']],
  ]).flat();
  return graph.encode({
    name: 'all-MiniLM-L6-v2',
    inputs: {
      input_ids: ['texts', 'tokens'],
      attention_mask: ['texts', 'tokens'],
      token_type_ids: ['texts', 'tokens'],
    },
    outputs: {
      sentence_embedding: ['texts', width],
      last_hidden_state: ['texts', 'tokens', width],
      ...Object.fromEntries(extremes),
    },
  });
}
