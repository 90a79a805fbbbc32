import { textsNow } from '../../../shared/texts/index.ts';
import type { MemoryChange, MemoryDto, NewMemory } from '../../../shared/schemas/memory.ts';
import type { Draft, DraftName } from '../../../shared/schemas/draft.ts';
import { LociFailure } from '../../api/client.ts';
import { reasonOf } from '../../api/failure-words.ts';
import {
  isEmpty,
  losesMuch,
  onTopOf,
  realChanges,
  withChanges,
  withoutSaved,
  type Changes,
} from './memory-changes.ts';

export type SaveState =
  | { readonly state: 'saved' }
  /** Being typed, or on its way. */
  | { readonly state: 'saving' }
  /** The library cannot be reached; tried again by itself. */
  | { readonly state: 'waiting'; readonly reason: string }
  /** Main will not have it as it is; the next change is tried. */
  | { readonly state: 'refused'; readonly reason: string }
  /** Somebody else changed the same text. */
  | { readonly state: 'conflict'; readonly theirs: MemoryDto }
  /** It is in the trash or purged; what was typed is still here. */
  | { readonly state: 'gone'; readonly reason: string };

export interface EditingView {
  /** As it will be when all is saved. */
  readonly memory: MemoryDto;
  /** As the library has it. */
  readonly saved: MemoryDto;
  readonly save: SaveState;
}

/** Main, as far as editing needs it. */
export interface EditingPort {
  update(change: MemoryChange): Promise<MemoryDto>;
  create(memory: NewMemory): Promise<{ readonly memory: MemoryDto }>;
  keepDraft(draft: Draft): Promise<unknown>;
  discardDraft(name: DraftName): Promise<unknown>;
  /** That something is not saved yet, and how it is; null: no longer. */
  noteUnsaved(save: (() => Promise<void>) | null): void;
}

/** A pause in writing; and the longest that writing without one goes unsaved. */
const pauseMs = 1_200;
const longestMs = 8_000;
/** A kill costs at most this much, and what the disk takes. */
const draftMs = 250;
const retriesMs = [1_000, 2_000, 5_000, 10_000] as const;

/**
 * One memory while it is open: what the library has, what a person changed since, and how the one becomes
 * the other. It never gives up a change that is not saved: whatever goes wrong, the draft stays.
 */
export class MemoryEditing {
  readonly #port: EditingPort;
  readonly #watchers = new Set<() => void>();
  #base: MemoryDto;
  #changes: Changes = {};
  #view: EditingView;
  #save: SaveState = { state: 'saved' };
  #running: Promise<void> | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #dirtySinceMs: number | undefined;
  #hasDraft = false;
  #failures = 0;
  /** The version that our own last saving of text made, as long as the same writing goes on. */
  #wrote: number | undefined;

  constructor(memory: MemoryDto, port: EditingPort) {
    this.#base = memory;
    this.#port = port;
    this.#view = { memory, saved: memory, save: this.#save };
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly view = (): EditingView => this.#view;

  get isSaved(): boolean {
    return isEmpty(this.#changes);
  }

  /** Text is saved when there is a pause, anything else at once. */
  change(part: Changes): void {
    this.#changes = realChanges(this.#base, { ...this.#changes, ...part });
    if (isEmpty(this.#changes)) {
      this.#settled();
    } else {
      const isTyped = part.content !== undefined || part.title !== undefined;
      this.#keepDraftSoon();
      if (this.#save.state !== 'conflict' && this.#save.state !== 'gone') {
        this.#set({ state: 'saving' });
        this.#saveSoon(isTyped ? pauseMs : 0);
      }
    }
    this.#tell();
  }

  /** Saves what there is, now. Resolves when it was tried; what came of it is in the view. */
  async flush(): Promise<void> {
    if (this.#draftTimer !== undefined) void this.#keepDraft();
    await this.#running;
    if (this.isSaved || this.#save.state === 'conflict' || this.#save.state === 'gone') return;
    await this.#run();
  }

  /** What is written from now on is a new state for the history. */
  endWriting(): void {
    this.#wrote = undefined;
    void this.flush();
  }

  /** The library has this now, by whomever. */
  refreshed(theirs: MemoryDto): void {
    if (theirs.version <= this.#base.version && theirs.deletedAt === this.#base.deletedAt) {
      // Its tags and its session may have been renamed, which is no change of the memory.
      if (theirs.version === this.#base.version) this.#base = theirs;
      this.#tell();
      return;
    }
    if (this.#running) return;
    this.#takeIn(theirs);
    this.#tell();
  }

  /** A draft of an earlier run that did not get into the library. */
  restoreDraft(draft: MemoryChange): void {
    const { id: _ofIt, goesOn: _wasTyped, documentId: _isNeverTyped, version, ...changes } = draft;
    const real = realChanges(this.#base, changes);
    if (isEmpty(real)) return;
    this.#hasDraft = true;
    this.#changes = real;
    const hasText = real.content !== undefined || real.title !== undefined;
    if (version !== this.#base.version && hasText) this.#set({ state: 'conflict', theirs: this.#base });
    else this.#saveSoon(0);
    this.#tell();
  }

  /** Mine holds; theirs is in the history. */
  async keepMine(): Promise<void> {
    this.#wrote = undefined;
    this.#set({ state: 'saving' });
    await this.#run();
  }

  /** Theirs holds; mine is put into the history first. */
  async keepTheirs(): Promise<void> {
    if (this.#save.state !== 'conflict') return;
    const { theirs } = this.#save;
    const mine = this.#changes;
    try {
      const { id, title, content } = theirs;
      const { version } = await this.#port.update({ id, version: theirs.version, ...mine });
      this.#base = await this.#port.update({
        id,
        version,
        content,
        title,
        tags: theirs.tags.map(({ name }) => name),
        importance: theirs.importance,
      });
      this.#changes = {};
      this.#settled();
    } catch (error) {
      this.#failed(error);
    }
    this.#tell();
  }

  /** Mine becomes a memory of its own. Answers with its id. */
  async keepBoth(): Promise<string | undefined> {
    if (this.#save.state !== 'conflict') return undefined;
    const { content, title, importance, occurredAt, sessionId, tags } = this.#view.memory;
    try {
      const { memory } = await this.#port.create({
        content,
        title,
        importance,
        occurredAt,
        sessionId,
        tags: tags.map(({ name }) => name),
      });
      this.#changes = {};
      this.#settled();
      this.#tell();
      return memory.id;
    } catch (error) {
      this.#failed(error);
      this.#tell();
      return undefined;
    }
  }

  #takeIn(theirs: MemoryDto): void {
    if (theirs.deletedAt !== null) {
      const texts = textsNow();
      this.#base = theirs;
      this.#wrote = undefined;
      if (!this.isSaved) this.#set({ state: 'gone', reason: texts.memory.notices.trashedMeanwhile });
      return;
    }
    const { changes, meet } = onTopOf(this.#base, this.#changes, theirs);
    this.#base = theirs;
    this.#changes = changes;
    if (theirs.version !== this.#wrote) this.#wrote = undefined;
    if (isEmpty(changes)) this.#settled();
    else if (meet) this.#set({ state: 'conflict', theirs });
    else this.#saveSoon(0);
  }

  #saveSoon(delayMs: number): void {
    this.#dirtySinceMs ??= Date.now();
    const left = Math.max(0, this.#dirtySinceMs + longestMs - Date.now());
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.#run(), Math.min(delayMs, left));
    this.#port.noteUnsaved(() => this.flush());
  }

  #run(): Promise<void> {
    clearTimeout(this.#saveTimer);
    // Only the person can say what becomes of it.
    if (this.#save.state === 'conflict' || this.#save.state === 'gone') return Promise.resolve();
    this.#running ??= this.#saveAll().finally(() => {
      this.#running = undefined;
      this.#tell();
    });
    return this.#running;
  }

  /** Until nothing is left, or something stands in the way. */
  async #saveAll(): Promise<void> {
    // A change that somebody else's is laid under is tried again, but not for ever.
    for (let attempts = 0; attempts < 20 && !this.isSaved; attempts++) {
      const sent = this.#changes;
      const { id, version, content } = this.#base;
      const isText = sent.content !== undefined || sent.title !== undefined;
      const goesOn =
        this.#wrote === version && !(sent.content !== undefined && losesMuch(content, sent.content));
      try {
        const saved = await this.#port.update({ id, version, ...sent, ...(goesOn ? { goesOn } : {}) });
        this.#base = saved;
        this.#wrote = isText || goesOn ? saved.version : undefined;
        // What was typed while it was under way is still to be saved.
        this.#changes = realChanges(saved, withoutSaved(this.#changes, sent));
        this.#failures = 0;
        this.#dirtySinceMs = undefined;
        if (!this.isSaved) {
          this.#saveSoon(pauseMs);
          return;
        }
        this.#settled();
      } catch (error) {
        if (!this.#failed(error)) return;
      }
    }
  }

  /** True when it can be tried again at once. */
  #failed(error: unknown): boolean {
    if (!(error instanceof LociFailure)) {
      this.#waitAndRetry(reasonOf(error));
      return false;
    }
    const { code, details, message } = error;
    if (code === 'conflict' && isMemory(details)) {
      this.#takeIn(details);
      return this.#save.state !== 'conflict' && this.#save.state !== 'gone';
    }
    if (code === 'not_found') this.#set({ state: 'gone', reason: message });
    else if (code === 'invalid_input') this.#set({ state: 'refused', reason: wordsOf(details) ?? message });
    else this.#waitAndRetry(message);
    return false;
  }

  #waitAndRetry(reason: string): void {
    this.#set({ state: 'waiting', reason });
    const delayMs = retriesMs[Math.min(this.#failures, retriesMs.length - 1)] ?? 10_000;
    this.#failures += 1;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.#run(), delayMs);
  }

  #settled(): void {
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    this.#dirtySinceMs = undefined;
    this.#set({ state: 'saved' });
    this.#port.noteUnsaved(null);
    if (!this.#hasDraft) return;
    this.#hasDraft = false;
    // One that stays is taken for what it is the next time: the same as the memory.
    this.#port.discardDraft({ of: 'change', id: this.#base.id }).catch(() => undefined);
  }

  #keepDraftSoon(): void {
    this.#draftTimer ??= setTimeout(() => void this.#keepDraft(), draftMs);
  }

  async #keepDraft(): Promise<void> {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    if (this.isSaved) return;
    this.#hasDraft = true;
    const { id, version } = this.#base;
    try {
      await this.#port.keepDraft({ of: 'change', change: { id, version, ...this.#changes } });
    } catch {
      // Saving goes on by itself; that it does not work either is said there.
    }
  }

  #set(save: SaveState): void {
    this.#save = save;
  }

  #tell(): void {
    this.#view = { memory: withChanges(this.#base, this.#changes), saved: this.#base, save: this.#save };
    for (const watcher of this.#watchers) watcher();
  }
}

function isMemory(value: unknown): value is MemoryDto {
  return typeof value === 'object' && value !== null && 'version' in value && 'content' in value;
}

/** The sentence for the field, which says more than that something was wrong. */
function wordsOf(details: unknown): string | undefined {
  const [first]: unknown[] = Array.isArray(details) ? details : [];
  if (typeof first !== 'object' || first === null || !('message' in first)) return undefined;
  return typeof first.message === 'string' ? first.message : undefined;
}
