/** @typedef {import('./safetensors.mjs').Matrix} Matrix */

/**
 * A layer's weights as the runtime multiplies them: transposed to (in, out), whole numbers from -largest
 * to largest, with one scale per output so that a single large weight coarsens only its own column.
 *
 * @param {Matrix} weights (out, in), as PyTorch stores them
 * @param {number} largest
 */
export function quantizeColumns({ shape, values }, largest) {
  const [outputs, inputs] = sides(shape);
  const quantized = new Int8Array(inputs * outputs);
  const scales = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    const row = values.subarray(o * inputs, (o + 1) * inputs);
    const scale = scaleOf(row, largest);
    scales[o] = scale;
    row.forEach((value, i) => (quantized[i * outputs + o] = Math.round(value / scale)));
  }
  return { quantized, scales, shape: [inputs, outputs] };
}

/**
 * A table that is looked up row by row: one scale per row.
 *
 * @param {Matrix} table
 */
export function quantizeRows({ shape, values }) {
  const [rows, columns] = sides(shape);
  const quantized = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    const row = values.subarray(r * columns, (r + 1) * columns);
    const scale = scaleOf(row, 127);
    scales[r] = scale;
    row.forEach((value, c) => (quantized[r * columns + c] = Math.round(value / scale)));
  }
  return { quantized, scales, shape };
}

/**
 * What one step is worth. Rounded to single precision at once, since that is what the runtime multiplies by.
 *
 * @param {Float32Array} row
 * @param {number} largest
 */
function scaleOf(row, largest) {
  let peak = 0;
  for (const value of row) peak = Math.max(peak, Math.abs(value));
  return Math.fround(peak / largest) || 1;
}

/**
 * @param {Matrix} matrix
 * @returns {Matrix}
 */
export function transpose({ shape, values }) {
  const [rows, columns] = sides(shape);
  const turned = new Float32Array(values.length);
  values.forEach((value, i) => (turned[(i % columns) * rows + Math.floor(i / columns)] = value));
  return { shape: [columns, rows], values: turned };
}

/**
 * @param {Matrix[]} matrices of equal width, or vectors
 * @returns {Matrix} one below the other
 */
export function stack(matrices) {
  const values = new Float32Array(matrices.reduce((size, matrix) => size + matrix.values.length, 0));
  let offset = 0;
  for (const matrix of matrices) {
    values.set(matrix.values, offset);
    offset += matrix.values.length;
  }
  const rows = matrices.reduce((sum, { shape: [count = 0] }) => sum + count, 0);
  return { shape: [rows, ...(matrices[0]?.shape.slice(1) ?? [])], values };
}

/**
 * @param {number[]} shape
 * @returns {[rows: number, columns: number]}
 */
function sides([rows, columns]) {
  if (rows === undefined || columns === undefined) throw new Error('A matrix has two sides.');
  return [rows, columns];
}
