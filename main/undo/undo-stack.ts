import { randomUUID } from 'node:crypto';
import { LociError } from '../errors/loci-error.ts';

/** What an undo could not take back, because it was changed or removed since, as a number of things. */
export interface Leftover {
  readonly notUndone: number;
}

/** Takes back what was done, in a transaction of its own. */
export type Undo = () => Promise<Leftover | void>;

export interface UndoOutcome extends Leftover {
  /** What was taken back, as it was offered. */
  readonly label: string;
}

export interface UndoStackOptions {
  /** Nobody takes back what another person of this library did. */
  readonly currentUserId: () => string;
}

interface Offer {
  readonly id: string;
  readonly label: string;
  readonly undo: Undo;
}

/** Nobody goes back further by undoing; what each remembers stays in memory until then. */
const longest = 100;

/**
 * What can be taken back, until the app ends: it is a help against slips of the hand. What must
 * outlive the app is in the trash and in the versions.
 */
export class UndoStack {
  readonly #currentUserId: () => string;
  readonly #offers = new Map<string, Offer[]>();

  constructor({ currentUserId }: UndoStackOptions) {
    this.#currentUserId = currentUserId;
  }

  /** To be called once the change is saved. `label` says what was done: "3 memories moved to the trash". */
  offer(label: string, undo: Undo): string {
    const offer = { id: randomUUID(), label, undo };
    const offers = this.#ofCurrentUser();
    offers.push(offer);
    if (offers.length > longest) offers.shift();
    return offer.id;
  }

  /** Only once; an undo that fails can be tried again. */
  async run(undoId: string): Promise<UndoOutcome> {
    const offers = this.#ofCurrentUser();
    const index = offers.findIndex(({ id }) => id === undoId);
    const [offer] = index < 0 ? [] : offers.splice(index, 1);
    if (!offer) {
      throw new LociError(
        'not_found',
        'This can no longer be undone: it was undone already, or it is too long ago.',
      );
    }
    try {
      const leftover = await offer.undo();
      return { label: offer.label, notUndone: leftover?.notUndone ?? 0 };
    } catch (error) {
      offers.splice(index, 0, offer);
      throw error;
    }
  }

  #ofCurrentUser(): Offer[] {
    const userId = this.#currentUserId();
    const offers = this.#offers.get(userId) ?? [];
    this.#offers.set(userId, offers);
    return offers;
  }
}
