import { textsNow } from '../../shared/texts/index.ts';
import { mostAtOnceBytes, withSource } from './byte-source.ts';
import type { ReadAdapter } from './inspect-adapter.ts';
import { AdapterRefusal } from './refusal.ts';
import type { Tensor } from './tensor-table.ts';

export interface ReadingOptions {
  readonly signal?: AbortSignal | undefined;
  /** Passed after every piece; may take its time, or throw. */
  readonly onProgress?: ((doneBytes: number, totalBytes: number) => void | Promise<void>) | undefined;
}

/** What is told about the bytes of an adapter, one file after the other and from its beginning to its end. */
export interface ByteListener {
  readonly beginFile?: (name: string) => void | Promise<void>;
  /** Every byte of the file, header included. */
  readonly bytes?: (piece: Buffer) => void | Promise<void>;
  /** A part of one tensor; `isLast` ends it. Of an empty tensor there is one empty part. */
  readonly tensor: (tensor: Tensor, part: Buffer, isLast: boolean) => void;
}

/** Reads all of it once, in pieces of a megabyte. Refuses what is not any more as its header said. */
export async function readTensorBytes(
  { files, tensors, report }: ReadAdapter,
  listener: ByteListener,
  { signal, onProgress }: ReadingOptions = {},
): Promise<void> {
  let done = 0;
  for (const [index, { tensors: ofFile, sizeBytes, modifiedMs }] of tensors.entries()) {
    const weight = files.weights[index];
    if (!weight) throw new Error('A file of tensors has no place');
    await listener.beginFile?.(weight.name);
    const inOrder = ofFile.toSorted((a, b) => a.begin - b.begin || a.end - b.end);
    await withSource(weight.path, async (source) => {
      if (source.sizeBytes !== sizeBytes || source.modifiedMs !== modifiedMs) throw changed();
      let next = 0;
      for (let at = 0; at < sizeBytes;) {
        signal?.throwIfAborted();
        const piece = await source.read(at, Math.min(mostAtOnceBytes, sizeBytes - at));
        await listener.bytes?.(piece);
        const pieceEnd = at + piece.length;
        for (let tensor = inOrder[next]; tensor && tensor.begin < pieceEnd; tensor = inOrder[next]) {
          const isLast = tensor.end <= pieceEnd;
          listener.tensor(tensor, piece.subarray(Math.max(0, tensor.begin - at), tensor.end - at), isLast);
          if (!isLast) break;
          next++;
        }
        at = pieceEnd;
        done += piece.length;
        await onProgress?.(done, report.fileSizeBytes);
      }
      // Empty ones may stand at the very end.
      for (const tensor of inOrder.slice(next)) listener.tensor(tensor, Buffer.alloc(0), true);
    });
  }
}

function changed(): AdapterRefusal {
  return new AdapterRefusal('truncated', () => textsNow().adapters.refused.changedWhileRead);
}
