import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction, AuditActor, AuditedEntity, AuditSubject } from '../../shared/schemas/audit.ts';
import { writtenAtTheEnd } from '../database/transaction.ts';
import { AuditRepository, type StoredEvent } from './audit.repository.ts';
import { eventHash } from './event-hash.ts';

/** What a service did, said within the transaction that does it. */
export interface AuditedChange {
  readonly userId: string;
  readonly action: AuditAction;
  readonly entity: AuditedEntity;
  readonly ids: readonly string[];
  /** By name, what was changed of them. Names of columns or links, never a value. */
  readonly fields?: readonly string[];
  /** Who it was; a person unless said otherwise. */
  readonly actor?: AuditActor;
}

/** What was done to the library as a whole and leaves its rows as they are: an export, an unlocking. */
export interface AuditedAct {
  readonly userId: string;
  readonly action: Extract<AuditAction, 'exported' | 'imported' | 'unlocked' | 'restored'>;
  /** Names, never a value or a path. */
  readonly fields?: readonly string[];
  readonly actor?: AuditActor;
}

/** Either of them, once it is saved; an act has no row. */
export type NotedChange = Omit<AuditedChange, 'entity' | 'ids'> & {
  readonly entity: AuditSubject;
  readonly ids: readonly (string | null)[];
};

/**
 * Services note what they change; each transaction ends by adding that to the chain, with the hash
 * of each row as it then is. There is no change without its event and no event without its change.
 */
export class AuditTrail {
  readonly #note: (change: NotedChange) => void;

  constructor({ onSaved }: { readonly onSaved?: (changes: readonly NotedChange[]) => void } = {}) {
    this.#note = writtenAtTheEnd(write, onSaved);
  }

  /** For nothing changed (`ids` is empty) nothing is noted. */
  note(change: AuditedChange): void {
    if (change.ids.length > 0) this.#note(change);
  }

  noteAct(act: AuditedAct): void {
    this.#note({ ...act, entity: 'library', ids: [null] });
  }
}

async function write(changes: readonly NotedChange[], em: EntityManager): Promise<void> {
  const repository = new AuditRepository(em);
  const byUser = Map.groupBy(changes, (change) => change.userId);
  // In one order everywhere, or two transactions could wait for each other's chain.
  for (const userId of [...byUser.keys()].toSorted()) {
    const end = await repository.lockChainEnd(userId);
    const events = await describe(byUser.get(userId) ?? [], end, repository);
    await repository.add(events);
  }
}

async function describe(
  changes: readonly NotedChange[],
  end: { readonly sequence: number; readonly hash: Uint8Array },
  repository: AuditRepository,
): Promise<StoredEvent[]> {
  const states = new Map<AuditSubject, Map<string, Buffer>>();
  for (const [entity, ofEntity] of Map.groupBy(changes, (change) => change.entity)) {
    if (entity === 'library') continue;
    const ids = new Set(ofEntity.flatMap((change) => change.ids.filter((id) => id !== null)));
    states.set(entity, await repository.findStateHashes(entity, [...ids]));
  }
  const occurredAt = new Date();
  const events: StoredEvent[] = [];
  let { sequence, hash } = end;
  for (const change of changes) {
    for (const id of change.ids) {
      const content = {
        userId: change.userId,
        sequence: ++sequence,
        occurredAt,
        actor: change.actor ?? 'person',
        action: change.action,
        entity: change.entity,
        entityId: id,
        fields: change.fields ?? [],
        stateHash: (id !== null && states.get(change.entity)?.get(id)) || null,
      } as const;
      const previousHash = hash;
      hash = eventHash(previousHash, content);
      events.push({ ...content, previousHash, hash });
    }
  }
  return events;
}
