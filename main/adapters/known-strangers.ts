import { textsNow } from '../../shared/texts/index.ts';
import type { ByteSource } from './byte-source.ts';
import { AdapterRefusal } from './refusal.ts';

const tailBytes = 64 * 1024;

/** Says what a file is that is neither safetensors nor GGUF: by its content, whatever its name. */
export async function refuseStranger(source: ByteSource): Promise<never> {
  const head = source.head.subarray(0, 1024);
  if (await isZipOfPickles(source, head))
    throw new AdapterRefusal('pickle', () => textsNow().adapters.refused.pytorch);
  if (isPickle(head)) throw new AdapterRefusal('pickle', () => textsNow().adapters.refused.pickled);
  if (isTar(head)) throw new AdapterRefusal('pickle', () => textsNow().adapters.refused.oldArchive);
  const magic = head.toString('latin1', 0, 4);
  if (/^(?:lmgg|tjgg|fmgg|algg|ggml|ggjt|ggmf|ggla)$/.test(magic))
    throw new AdapterRefusal('old-format', () => textsNow().adapters.refused.oldLlamaCpp);
  if (isOnnx(head)) throw new AdapterRefusal('full-model', () => textsNow().adapters.refused.onnxModel);
  if (head.toString('latin1', 1, 4) === 'HDF' || head.toString('latin1', 4, 8) === 'TFL3')
    throw new AdapterRefusal('full-model', () => textsNow().adapters.refused.tensorflow);
  throw new AdapterRefusal('unknown-format', () => textsNow().adapters.refused.stranger);
}

async function isZipOfPickles(source: ByteSource, head: Buffer): Promise<boolean> {
  if (head.toString('latin1', 0, 4) !== 'PK\x03\x04') return false;
  // The names are at the beginning of each file in it, and all of them at the end.
  const start = Math.max(0, source.sizeBytes - tailBytes);
  const tail = await source.read(start, source.sizeBytes - start);
  return [head, tail].some(
    (part) => part.includes('data.pkl') || part.includes('.pkl') || part.includes('.npy'),
  );
}

/** Of protocol 2 and later the first byte tells; before that, pickles are a kind of text. */
function isPickle(head: Buffer): boolean {
  const [first, protocol] = head;
  if (first === 0x80 && protocol !== undefined && protocol >= 2 && protocol <= 5) return true;
  const text = head.toString('latin1', 0, 512);
  return (
    // A name of a module and of something in it; a dictionary or a list that is remembered as the first thing.
    /^c[A-Za-z_][\w.]{0,200}\n[A-Za-z_][\w.]{0,200}\n/.test(text) ||
    /^\(?[dl]p\d{1,4}\n/.test(text) ||
    /^\((?:[dl]|i[A-Za-z_][\w.]{0,200}\n)/.test(text) ||
    /^[}\]](?:q|r|\x94)/.test(text)
  );
}

function isTar(head: Buffer): boolean {
  return (
    head.toString('latin1', 257, 262) === 'ustar' ||
    /^(?:sys_info|pickle|tensors|storages)\0/.test(head.toString('latin1', 0, 16))
  );
}

/** Its version, then who has written it, as a text: the first two fields of the message. */
function isOnnx(head: Buffer): boolean {
  const [field, version, next, length] = head;
  if (field !== 0x08 || version === undefined || version > 32 || length === undefined) return false;
  return next === 0x12 || next === 0x1a || next === 0x3a;
}
