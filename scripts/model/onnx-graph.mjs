import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const { DataType } = onnx.TensorProto;
const { AttributeType } = onnx.AttributeProto;

/**
 * @typedef {Float32Array | Int8Array | Uint8Array | Int32Array | BigInt64Array} Numbers
 * @typedef {Record<string, number | number[] | { float: number }>} Attributes
 */

/**
 * A float attribute: ONNX tells 1 from 1.0.
 *
 * @param {number} value
 */
export const float = (value) => ({ float: value });

/**
 * Collects nodes and weights into an ONNX model. Names count upwards in the order of the calls, so the
 * same calls always give the same bytes.
 */
export class OnnxGraph {
  /** @type {onnxProto.onnx.INodeProto[]} */
  #nodes = [];
  /** @type {onnxProto.onnx.ITensorProto[]} */
  #weights = [];
  #count = 0;
  #usesMicrosoftOperators = false;

  /**
   * @param {Numbers} numbers
   * @param {number[]} shape
   * @returns {string} the name to use as an input
   */
  constant(numbers, shape) {
    const name = `constant_${this.#count++}`;
    this.#weights.push({
      name,
      dims: shape,
      dataType: typeOf(numbers),
      rawData: new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    });
    return name;
  }

  /** @param {number} value */
  scalar(value) {
    return this.constant(Float32Array.of(value), []);
  }

  /** @param {...number} values */
  integers(...values) {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /**
   * @param {string} opType
   * @param {string[]} input
   * @param {Attributes} [attributes]
   * @returns {string} its one output
   */
  op(opType, input, attributes) {
    const [output] = this.ops(opType, input, 1, attributes);
    return /** @type {string} */ (output);
  }

  /**
   * @param {string} opType a “com.microsoft.” in front names the runtime's own operators
   * @param {string[]} input
   * @param {number} outputs
   * @param {Attributes} [attributes]
   */
  ops(opType, input, outputs, attributes = {}) {
    const microsoft = opType.startsWith('com.microsoft.');
    const name = `${opType.slice(opType.lastIndexOf('.') + 1)}_${this.#count++}`;
    const output = Array.from({ length: outputs }, (_, i) => (outputs === 1 ? name : `${name}_${i}`));
    this.#usesMicrosoftOperators ||= microsoft;
    this.#nodes.push({
      name,
      opType: opType.slice(opType.lastIndexOf('.') + 1),
      ...(microsoft ? { domain: 'com.microsoft' } : {}),
      input,
      output,
      attribute: Object.entries(attributes).map(attribute),
    });
    return output;
  }

  /**
   * @param {string} from
   * @param {string} to the name callers ask for
   */
  rename(from, to) {
    this.#nodes.push({ name: to, opType: 'Identity', input: [from], output: [to] });
  }

  /**
   * @param {{ name: string, inputs: Record<string, string[]>, outputs: Record<string, (string | number)[]> }} signature
   *   int64 inputs and float outputs; a string is a length that varies
   */
  encode({ name, inputs, outputs }) {
    const domains = [{ domain: '', version: 17 }];
    if (this.#usesMicrosoftOperators) domains.push({ domain: 'com.microsoft', version: 1 });
    const model = onnx.ModelProto.create({
      irVersion: 8,
      producerName: 'loci',
      opsetImport: domains,
      graph: {
        name,
        node: this.#nodes,
        initializer: this.#weights,
        input: Object.entries(inputs).map(([input, shape]) => tensor(input, DataType.INT64, shape)),
        output: Object.entries(outputs).map(([output, shape]) => tensor(output, DataType.FLOAT, shape)),
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }
}

/** @param {Numbers} numbers */
function typeOf(numbers) {
  if (numbers instanceof Float32Array) return DataType.FLOAT;
  if (numbers instanceof Int8Array) return DataType.INT8;
  if (numbers instanceof Uint8Array) return DataType.UINT8;
  if (numbers instanceof Int32Array) return DataType.INT32;
  return DataType.INT64;
}

/** @param {[string, Attributes[string]]} entry */
function attribute([name, value]) {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (Array.isArray(value)) return { name, type: AttributeType.INTS, ints: value };
  return { name, type: AttributeType.FLOAT, f: value.float };
}

/**
 * @param {string} name
 * @param {number} elemType
 * @param {(string | number)[]} shape
 */
function tensor(name, elemType, shape) {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
