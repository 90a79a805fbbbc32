/** What crosses between the app and its embedding worker. */
import type { ChunkedText, TextPiece } from './chunking.ts';

/** What a person waits for, what is added to what they see already, and what can be done at any time. */
export type Priority = 'query' | 'shown' | 'passage';

/** A piece of a memory as it was found again in its text. */
export interface PieceText {
  /** Of the memory. */
  readonly title: string | null;
  readonly text: string;
  /** Of what was to be embedded when the memory was cut. */
  readonly textHash: Uint8Array;
}

export interface ModelIdentity {
  readonly name: string;
  /** Changes whenever the files of the model do: vectors of two revisions must not be compared. */
  readonly revision: string;
  readonly dimension: number;
  /** The longest text the model reads; what is beyond is not seen. */
  readonly maxTokens: number;
}

/** Why there is no model: its files are not there, or they are not the ones we made. */
export type ModelFault = 'missing' | 'damaged';

/** Which build of the ONNX runtime computes. */
export type Runtime =
  | { readonly kind: 'native'; readonly threads: number }
  /** `folder` holds ort-wasm*.wasm. One thread: the runtime's threads do not start outside a browser. */
  | { readonly kind: 'wasm'; readonly folder: string };

export type ToWorker =
  /** Always the first, and only once. */
  | {
      readonly kind: 'load';
      readonly modelDir: string;
      /** False: somebody else's, which need not have a manifest. */
      readonly isPinned: boolean;
      readonly runtime: Runtime;
      /** Gives way to the window and the database when the machine is busy. */
      readonly background: boolean;
    }
  | {
      readonly kind: 'embed';
      readonly id: number;
      readonly texts: readonly string[];
      readonly priority: Priority;
    }
  | { readonly kind: 'embedPieces'; readonly id: number; readonly pieces: readonly PieceText[] }
  | { readonly kind: 'cut'; readonly id: number; readonly texts: readonly ChunkedText[] }
  | { readonly kind: 'count'; readonly id: number; readonly texts: readonly string[] }
  | { readonly kind: 'cancel'; readonly id: number }
  /** There is nothing to do: the process ends by itself, which nobody takes for a crash. */
  | { readonly kind: 'end' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly model: ModelIdentity; readonly loadMs: number }
  | { readonly kind: 'refused'; readonly fault: ModelFault; readonly detail: string }
  /** Sent between two batches of long work: without it, long and hung would look the same. */
  | { readonly kind: 'working' }
  /** One vector after the other; `unlike` are the places of pieces that are not what was cut, and have none. */
  | {
      readonly kind: 'embedded';
      readonly id: number;
      readonly vectors: Float32Array;
      readonly unlike?: readonly number[];
    }
  | { readonly kind: 'cut'; readonly id: number; readonly pieces: readonly (readonly TextPiece[])[] }
  | { readonly kind: 'counted'; readonly id: number; readonly counts: readonly number[] }
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string };

/** A process that runs embedding-worker.ts, however it was started. */
export interface WorkerHost {
  readonly pid: number | undefined;
  /** What this process can compute with. */
  readonly runtime: Runtime;
  post(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** Called once, whether the process ended by itself, was killed or never came up. */
  onExit(listener: (how: string) => void): void;
  /** At once, even if it hangs: the worker holds nothing that could be lost. */
  kill(): void;
}
