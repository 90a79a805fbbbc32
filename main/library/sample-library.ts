import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { conflict } from '../errors/loci-error.ts';
import type { Log } from '../logging/log.ts';
import { MemoryService } from '../memories/memory-service.ts';
import { SessionService } from '../sessions/session-service.ts';
import { SettingService } from '../settings/setting-service.ts';
import { SpecializationMemories } from '../specializations/specialization-memories.ts';
import { SpecializationService } from '../specializations/specialization-service.ts';
import type { UndoStack } from '../undo/undo-stack.ts';
import type { UserService } from '../users/user-service.ts';
import { sampleMemories, sampleSessions, sampleSpecializations } from './sample-memories.ts';

export interface SampleLibraryOptions {
  readonly em: EntityManager;
  readonly audit: AuditTrail;
  readonly undo: UndoStack;
  readonly log: Log;
  readonly users: UserService;
  readonly settingsOf: (userId: string) => Promise<{ readonly 'library.isSample': boolean }>;
}

const name = 'Sample library';
const dayMs = 24 * 60 * 60 * 1000;

/**
 * A library to look around in. It is that of a person of its own, so that nothing of it is ever among what somebody
 * wrote, and goes with that person.
 */
export class SampleLibrary {
  readonly #options: SampleLibraryOptions;

  constructor(options: SampleLibraryOptions) {
    this.#options = options;
  }

  /** Makes it if it is not there, and has it in view. */
  async open(): Promise<void> {
    const { users } = this.#options;
    const there = await this.#find();
    const id = there ?? (await users.create({ name, email: null, session: { title: 'Looking around' } })).id;
    if (there === undefined) {
      try {
        await this.#fill(id);
      } catch (error) {
        // Half of it would never be told from the whole.
        await users.remove({ id, confirmation: name });
        throw error;
      }
    }
    await users.switchTo(id);
  }

  /** All of it, for good; whoever was at work before is so again. */
  async remove(): Promise<void> {
    const id = await this.#find();
    if (id === undefined) throw conflict('The sample library is gone already.');
    const { users } = this.#options;
    const person = (await users.list()).find((each) => each.id === id);
    await users.remove({ id, confirmation: person?.name ?? name });
  }

  /** By what it is, not by its name, which a person may have given to somebody. */
  async #find(): Promise<string | undefined> {
    const { users, settingsOf } = this.#options;
    for (const { id } of await users.list()) if ((await settingsOf(id))['library.isSample']) return id;
    return undefined;
  }

  async #fill(userId: string): Promise<void> {
    const { em, audit, undo, log } = this.#options;
    const parts = { em, audit, undo, currentUserId: () => userId };
    const settings = new SettingService({ ...parts, log, onChange: () => undefined });
    const sessions = new SessionService({ ...parts, settings });
    const memories = new MemoryService(parts);
    const specializations = new SpecializationService(parts);
    const links = new SpecializationMemories({ ...parts, find: async () => ({ ids: [], isCut: false }) });

    const begun = new Map<string, string>();
    for (const [key, { title }] of Object.entries(sampleSessions)) {
      const { id } = await sessions.start({ title });
      await sessions.end({ id });
      begun.set(key, id);
    }
    const belonging = new Map<string, string[]>();
    for (const { daysAgo, content, title, tags, importance, pinned, of, session } of sampleMemories) {
      const { memory } = await memories.create({
        content,
        tags: [...tags],
        occurredAt: new Date(Date.now() - daysAgo * dayMs).toISOString(),
        sessionId: (session && begun.get(session)) ?? null,
        ...(title === undefined ? {} : { title }),
        ...(importance === undefined ? {} : { importance }),
        ...(pinned === undefined ? {} : { pinned }),
      });
      if (of) belonging.set(of, [...(belonging.get(of) ?? []), memory.id]);
    }
    for (const [key, wish] of Object.entries(sampleSpecializations)) {
      const { id } = await specializations.create(wish);
      await links.link({ id, memoryIds: belonging.get(key) ?? [], role: 'reference' });
    }
    // Last: what is not whole is not the sample.
    await settings.set({ 'library.isSample': true });
  }
}
