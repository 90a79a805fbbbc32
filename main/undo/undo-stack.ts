import { randomUUID } from 'node:crypto';
import { LociError } from '../errors/loci-error.ts';

/** What an undo could not take back, because it was changed or removed since, as a number of things. */
export interface Leftover {
  readonly notUndone: number;
}

/** Takes back what was done, in a transaction of its own. */
export type Undo = () => Promise<Leftover | void>;

export interface UndoOutcome extends Leftover {
  /** What was taken back, as it was offered: in English, as it stays in main. The page says it in words of its own. */
  readonly label: string;
}

export interface UndoStackOptions {
  /** Nobody takes back what another person of this library did. */
  readonly currentUserId: () => string;
}

interface Offer {
  readonly id: string;
  readonly userId: string;
  readonly label: string;
  readonly undo: Undo;
  readonly rows: number;
}

/** Nobody goes back further by undoing; what each remembers stays in memory until then. */
const longest = 100;
/** What all offers together may remember, about 20 MB of keys; the latest alone may have more. */
const mostRows = 200_000;
const rowBytes = 100;

/** As how many rows these texts count: in memory, a character takes up to two bytes. */
export function rowsOfTexts(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Math.ceil((text.length * 2) / rowBytes), 0);
}

/**
 * What can be taken back, until the app ends: it is a help against slips of the hand. What must
 * outlive the app is in the trash and in the versions.
 */
export class UndoStack {
  readonly #currentUserId: () => string;
  /** Of everybody, the oldest first. */
  #offers: readonly Offer[] = [];
  readonly #underWay = new Set<Offer>();

  constructor({ currentUserId }: UndoStackOptions) {
    this.#currentUserId = currentUserId;
  }

  /**
   * To be called once the change is saved, with who made it: somebody else may be at work by then.
   * `label` says what was done: "3 memories moved to the trash". `rows` is how many keys or rows
   * `undo` remembers.
   */
  offer(userId: string, label: string, undo: Undo, { rows = 0 }: { readonly rows?: number } = {}): string {
    const offer = { id: randomUUID(), userId, label, undo, rows };
    this.#keep([...this.#offers, offer]);
    return offer.id;
  }

  /** Whatever a person did who has been removed: nothing of it may stay. */
  forget(userId: string): void {
    this.#offers = this.#offers.filter((offer) => offer.userId !== userId);
  }

  /** Only once; an undo that fails can be tried again. */
  async run(undoId: string): Promise<UndoOutcome> {
    const userId = this.#currentUserId();
    const offer = this.#offers.find((each) => each.id === undoId && each.userId === userId);
    if (!offer || this.#underWay.has(offer)) {
      throw new LociError('not_found', (texts) => texts.failures.undone);
    }
    this.#underWay.add(offer);
    try {
      const leftover = await offer.undo();
      this.#offers = this.#offers.filter((each) => each !== offer);
      return { label: offer.label, notUndone: leftover?.notUndone ?? 0 };
    } finally {
      this.#underWay.delete(offer);
    }
  }

  /** The latest of each person, as far as there is room; the very last in any case. */
  #keep(offers: readonly Offer[]): void {
    let rows = 0;
    const counts = new Map<string, number>();
    const kept = offers.toReversed().filter((offer, index) => {
      const count = (counts.get(offer.userId) ?? 0) + 1;
      counts.set(offer.userId, count);
      rows += offer.rows;
      return count <= longest && (rows <= mostRows || index === 0);
    });
    this.#offers = kept.toReversed();
  }
}
