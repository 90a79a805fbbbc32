/** @typedef {import('./safetensors.mjs').Matrix} Matrix */

/**
 * A layer's weights as the runtime multiplies them: transposed to (in, out), eight bits each, with one
 * scale per output so that a single large weight coarsens only its own column.
 *
 * @param {Matrix} weights (out, in), as PyTorch stores them
 */
export function quantizeColumns({ shape, values }) {
  const [outputs, inputs] = /** @type {[number, number]} */ (shape);
  const quantized = new Uint8Array(inputs * outputs);
  const scales = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    const row = values.subarray(o * inputs, (o + 1) * inputs);
    const scale = (scales[o] = scaleOf(row));
    for (let i = 0; i < inputs; i++) quantized[i * outputs + o] = Math.round(at(row, i) / scale) + 128;
  }
  return { quantized, scales, shape: [inputs, outputs], zeroPoint: 128 };
}

/**
 * A table that is looked up row by row: one scale per row.
 *
 * @param {Matrix} table
 */
export function quantizeRows({ shape, values }) {
  const [rows, columns] = /** @type {[number, number]} */ (shape);
  const quantized = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    const row = values.subarray(r * columns, (r + 1) * columns);
    const scale = (scales[r] = scaleOf(row));
    for (let c = 0; c < columns; c++) quantized[r * columns + c] = Math.round(at(row, c) / scale);
  }
  return { quantized, scales, shape };
}

/**
 * What one step is worth when the largest value becomes 127. Rounded to single precision at once, since
 * that is what the runtime multiplies by.
 *
 * @param {Float32Array} row
 */
function scaleOf(row) {
  let largest = 0;
  for (const value of row) largest = Math.max(largest, Math.abs(value));
  return Math.fround(largest / 127) || 1;
}

/**
 * @param {Float32Array} values
 * @param {number} index
 */
const at = (values, index) => values[index] ?? 0;

/** @param {Matrix} weights */
export function transpose({ shape, values }) {
  const [rows, columns] = /** @type {[number, number]} */ (shape);
  const turned = new Float32Array(values.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) turned[c * rows + r] = at(values, r * columns + c);
  return { shape: [columns, rows], values: turned };
}
