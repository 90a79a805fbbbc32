import { createHash, type Hash } from 'node:crypto';
import type { ReadAdapter } from './inspect-adapter.ts';
import { readTensorBytes, type ByteListener, type ReadingOptions } from './tensor-bytes.ts';
import type { Tensor } from './tensor-table.ts';

/** In hexadecimal. */
export interface AdapterHashes {
  /** Of the file; of several, of the list of theirs as `sha256sum` prints it. */
  readonly sha256: string;
  /** Of the tensors alone: the same for a file that was renamed, split, or saved anew with other metadata. */
  readonly tensorHash: string;
}

export interface HashingOptions extends ReadingOptions {
  /** Is told the same bytes, so that they need not be read twice. */
  readonly also?: Pick<ByteListener, 'beginFile' | 'bytes'>;
}

/** Reads all of the adapter once for both. */
export async function hashAdapter(
  adapter: ReadAdapter,
  { also, ...options }: HashingOptions = {},
): Promise<AdapterHashes> {
  const files: { readonly name: string; readonly hash: Hash }[] = [];
  const tensors: { readonly name: string; readonly digest: Buffer }[] = [];
  let current: Hash | undefined;
  await readTensorBytes(
    adapter,
    {
      async beginFile(name) {
        files.push({ name, hash: createHash('sha256') });
        await also?.beginFile?.(name);
      },
      async bytes(piece) {
        files.at(-1)?.hash.update(piece);
        await also?.bytes?.(piece);
      },
      tensor(tensor, part, isLast) {
        current ??= beginTensor(tensor);
        current.update(part);
        if (!isLast) return;
        tensors.push({ name: tensor.name, digest: current.digest() });
        current = undefined;
      },
    },
    options,
  );
  return { sha256: hashOfFiles(files), tensorHash: hashOfTensors(tensors) };
}

function beginTensor({ name, dtype, shape }: Tensor): Hash {
  // As JSON, so that no name can be taken for a name and a shape.
  return createHash('sha256').update(`${JSON.stringify([name, dtype, shape])}\n`);
}

/** In the order of their names: in a file they may lie as they like. */
function hashOfTensors(tensors: readonly { readonly name: string; readonly digest: Buffer }[]): string {
  const whole = createHash('sha256').update('loci tensors 1\n');
  for (const { digest } of tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1))) whole.update(digest);
  return whole.digest('hex');
}

function hashOfFiles(files: readonly { readonly name: string; readonly hash: Hash }[]): string {
  const [only, ...more] = files;
  if (only && more.length === 0) return only.hash.digest('hex');
  const list = createHash('sha256');
  for (const { name, hash } of files) list.update(`${hash.digest('hex')}  ${name}\n`);
  return list.digest('hex');
}
