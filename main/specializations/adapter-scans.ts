import { randomUUID } from 'node:crypto';
import type { ScannedAdapter, ScanPage, ScanPageRequest } from '../../shared/schemas/adapter.ts';
import type { FoundAdapter } from '../adapters/scan-folder.ts';

export interface RunningScan {
  readonly total: number;
  add(adapter: FoundAdapter): void;
  finish(): void;
}

interface Scan {
  readonly userId: string;
  readonly adapters: ScannedAdapter[];
  isDone: boolean;
}

/** The latest ones; each line of a scan is some 300 bytes. */
const mostScans = 3;
const mostPlaces = 100_000;

/** Where things lie that a person was shown and may add: the page knows them by tokens. What scans have found. */
export class AdapterScans {
  readonly #places = new Map<string, { readonly userId: string; readonly place: string }>();
  readonly #scans = new Map<string, Scan>();

  keepPlace(userId: string, place: string): string {
    const token = randomUUID();
    this.#places.set(token, { userId, place });
    const [oldest] = this.#places.keys();
    if (this.#places.size > mostPlaces && oldest !== undefined) this.#places.delete(oldest);
    return token;
  }

  placeOf(userId: string, token: string): string | undefined {
    const found = this.#places.get(token);
    return found?.userId === userId ? found.place : undefined;
  }

  /** Undefined: there is none, or not any more. */
  page(userId: string, { jobId, after, limit }: ScanPageRequest): ScanPage | undefined {
    const scan = this.#scans.get(jobId);
    if (scan?.userId !== userId) return undefined;
    const adapters = scan.adapters.slice(after, after + limit);
    return { adapters, total: scan.adapters.length, isDone: scan.isDone };
  }

  begin(jobId: string, userId: string): RunningScan {
    const scan: Scan = { userId, adapters: [], isDone: false };
    this.#scans.set(jobId, scan);
    const [oldest] = this.#scans.keys();
    if (this.#scans.size > mostScans && oldest !== undefined) this.#scans.delete(oldest);
    return {
      get total() {
        return scan.adapters.length;
      },
      add: ({ place, name, found }) => {
        const report = found.ok ? found.report : undefined;
        scan.adapters.push({
          token: this.keepPlace(userId, place),
          name: name.toWellFormed(),
          format: report?.format ?? null,
          baseModel: report?.baseModel ?? null,
          rank: report?.rank ?? null,
          fileSizeBytes: report?.fileSizeBytes ?? null,
          verdict: report?.verdict.message ?? null,
          refusal: found.ok ? null : found.refusal,
        });
      },
      finish() {
        scan.isDone = true;
      },
    };
  }
}
