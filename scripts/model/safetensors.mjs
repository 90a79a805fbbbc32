/**
 * @typedef {object} Matrix
 * @property {number[]} shape
 * @property {Float32Array} values in row order
 *
 * @typedef {object} Weights
 * @property {(name: string) => Matrix} matrix
 */

/**
 * Reads a safetensors file: eight bytes with the header's length, a JSON header, then the numbers.
 *
 * @param {Buffer} file
 * @returns {Weights}
 */
export function readSafetensors(file) {
  const headerBytes = Number(file.readBigUInt64LE(0));
  const start = 8 + headerBytes;
  /** @type {Record<string, { dtype: string, shape: number[], data_offsets: [number, number] }>} */
  const header = JSON.parse(file.toString('utf8', 8, start));
  return {
    matrix(name) {
      const entry = header[name];
      if (entry === undefined) throw new Error(`The weights hold no “${name}”.`);
      if (entry.dtype !== 'F16') throw new Error(`“${name}” is ${entry.dtype}; only F16 is read.`);
      const [from, to] = entry.data_offsets;
      return { shape: entry.shape, values: widen(file.subarray(start + from, start + to)) };
    },
  };
}

/**
 * Half precision to single. Every half has an exact single, so nothing is rounded.
 *
 * @param {Buffer} halves
 */
function widen(halves) {
  const singles = new Float32Array(halves.length / 2);
  for (let i = 0; i < singles.length; i++) singles[i] = singleOf(halves.readUInt16LE(2 * i));
  return singles;
}

const bits = new DataView(new ArrayBuffer(4));

/** @param {number} half its sixteen bits: sign, five of exponent, ten of fraction */
function singleOf(half) {
  const sign = half >>> 15;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) throw new Error('The weights hold an infinity or a NaN.');
  // Below the smallest normal half the value is fraction × 2⁻²⁴.
  if (exponent === 0) return ((sign === 1 ? -1 : 1) * fraction) / 16_777_216;
  bits.setUint32(0, (sign << 31) | ((exponent + 112) << 23) | (fraction << 13));
  return bits.getFloat32(0);
}
