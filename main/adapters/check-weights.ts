import type { WeightsCheck } from '../../shared/schemas/adapter.ts';
import type { ReadAdapter } from './inspect-adapter.ts';
import { readTensorBytes, type ReadingOptions } from './tensor-bytes.ts';
import { readTensorName } from './tensor-names.ts';
import { shortText } from './training-facts.ts';

/** Of one number: which of its bits say that it is none (all of them set), and which must be zero for it to be 0. */
interface NumberForm {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly exponent: number;
  readonly value: number;
}

/** Of eight bytes, the upper four tell as much. */
const formOf: Readonly<Record<string, NumberForm>> = {
  F64: { bytes: 8, exponent: 0x7ff00000, value: 0x7fffffff },
  F32: { bytes: 4, exponent: 0x7f800000, value: 0x7fffffff },
  F16: { bytes: 2, exponent: 0x7c00, value: 0x7fff },
  BF16: { bytes: 2, exponent: 0x7f80, value: 0x7fff },
  F8_E5M2: { bytes: 1, exponent: 0x7c, value: 0x7f },
  F8_E4M3: { bytes: 1, exponent: 0x7f, value: 0x7f },
};
/** Sizes and names, never more than is worth a look. */
const mostListed = 200;

/** Looks at every number of an adapter: those that are none, and tensors in which all are zero. */
export async function checkWeights(
  adapter: ReadAdapter,
  options: ReadingOptions = {},
): Promise<WeightsCheck> {
  const notFinite: string[] = [];
  const zero: string[] = [];
  const check: { -readonly [Key in keyof WeightsCheck]: WeightsCheck[Key] } = {
    tensors: 0,
    notFinite,
    notFiniteTensors: 0,
    zero,
    zeroTensors: 0,
    untrainedModules: 0,
    unreadTensors: 0,
  };
  let seen = { isFinite: true, isZero: true };
  let cut = Buffer.alloc(0);
  await readTensorBytes(
    adapter,
    {
      tensor({ name, dtype, begin, end }, part, isLast) {
        const form = Object.hasOwn(formOf, dtype) ? formOf[dtype] : undefined;
        // Where a piece of the file ends in the middle of a number.
        const joined = cut.length > 0 ? Buffer.concat([cut, part]) : part;
        const whole = joined.length - (joined.length % (form?.bytes ?? 1));
        cut = Buffer.from(joined.subarray(whole));
        const found = look(joined.subarray(0, whole), form);
        seen = { isFinite: seen.isFinite && found.isFinite, isZero: seen.isZero && found.isZero };
        if (!isLast) return;
        check.tensors++;
        if (!form) check.unreadTensors++;
        if (!seen.isFinite && check.notFiniteTensors++ < mostListed) notFinite.push(shortText(name));
        if (seen.isZero && end > begin) {
          if (check.zeroTensors++ < mostListed) zero.push(shortText(name));
          // Training begins with it at zero: the module changes nothing.
          if (readTensorName(name).part === 'up') check.untrainedModules++;
        }
        seen = { isFinite: true, isZero: true };
      },
    },
    options,
  );
  return check;
}

function look(part: Buffer, form: NumberForm | undefined): { isFinite: boolean; isZero: boolean } {
  if (!form) return { isFinite: true, isZero: part.every((byte) => byte === 0) };
  const { bytes, exponent, value } = form;
  const numbers = viewNumbers(part, bytes);
  const [step, first] = bytes === 8 ? [2, 1] : [1, 0];
  let isFinite = true;
  let bits = 0;
  for (let i = first; i < numbers.length; i += step) {
    const number = numbers[i] ?? 0;
    if ((number & exponent) === exponent) isFinite = false;
    bits |= number & value;
  }
  return { isFinite, isZero: bits === 0 };
}

/** All computers that Loci runs on have the byte order of the files. */
function viewNumbers(part: Buffer, bytes: NumberForm['bytes']): Uint8Array | Uint16Array | Uint32Array {
  if (bytes === 1) return part;
  const width = bytes === 2 ? 2 : 4;
  // What does not lie at a multiple of its size is copied to where it does.
  const aligned = part.byteOffset % width === 0 ? part : new Uint8Array(part);
  const count = part.length / width;
  return width === 2
    ? new Uint16Array(aligned.buffer, aligned.byteOffset, count)
    : new Uint32Array(aligned.buffer, aligned.byteOffset, count);
}
