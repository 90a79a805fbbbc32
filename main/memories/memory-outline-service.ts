import type { ServiceParts } from '../undo/service-parts.ts';
import type { MemoryFilter, MemorySummary } from '../../shared/schemas/memory.ts';
import type { MemoryOutline } from '../../shared/schemas/memory-outline.ts';
import { MemoryOutlineRepository } from './memory-outline.repository.ts';

/** Where the server begins to count, for us. */
const epochOfServerMs = Date.UTC(2000, 0, 1);
const bytesOfTime = 8;

/** A list as a whole, so that any place in it can be gone to, and what it shows where one looks. */
export class MemoryOutlineService {
  readonly #currentUserId: () => string;
  readonly #outlines: MemoryOutlineRepository;

  constructor({ em, currentUserId }: Pick<ServiceParts, 'em' | 'currentUserId'>) {
    this.#currentUserId = currentUserId;
    this.#outlines = new MemoryOutlineRepository(em);
  }

  async outline(filter: MemoryFilter = {}): Promise<MemoryOutline> {
    const { ids, times } = await this.#outlines.findOutline(this.#currentUserId(), filter);
    return { ids: new Uint8Array(ids), times: toMilliseconds(times) };
  }

  summaries(ids: readonly string[]): Promise<MemorySummary[]> {
    return this.#outlines.findSummaries(this.#currentUserId(), ids);
  }
}

function toMilliseconds(serverTimes: Buffer): Uint8Array<ArrayBuffer> {
  const times = new Uint8Array(serverTimes.length);
  const view = new DataView(times.buffer);
  for (let at = 0; at < serverTimes.length; at += bytesOfTime) {
    // In two halves: whole numbers of 64 bits are many times slower.
    const microseconds = serverTimes.readInt32BE(at) * 2 ** 32 + serverTimes.readUInt32BE(at + 4);
    view.setFloat64(at, microseconds / 1000 + epochOfServerMs, true);
  }
  return times;
}
