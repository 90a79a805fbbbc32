import { textsNow } from '../../../shared/texts/index.ts';
import type { NewMemory } from '../../../shared/schemas/memory.ts';
import { LociFailure } from '../../api/client.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { noteUnsaved } from '../memory/unsaved.ts';

/** What is being written. */
export interface Writing {
  readonly title: string;
  readonly content: string;
  readonly tags: readonly string[];
  readonly importance: number;
  readonly source: 'note' | 'file' | 'web' | 'snippet';
}

export const blank: Writing = { title: '', content: '', tags: [], importance: 0.5, source: 'note' };

/** A kill costs at most this much, and what the disk takes. */
const draftMs = 250;

export const isBlank = ({ title, content, tags }: Writing): boolean =>
  title.trim() === '' && content.trim() === '' && tags.length === 0;

/** Also where one of them was read from the disk meanwhile. */
const isSame = (a: Writing, b: Writing): boolean =>
  JSON.stringify(memoryOf(a)) === JSON.stringify(memoryOf(b));

const memoryOf = ({ title, content, tags, importance, source }: Writing): NewMemory => ({
  content,
  title: title === '' ? null : title,
  tags: [...tags],
  importance,
  source,
});

/**
 * The one new memory that is being written, wherever: its draft is what the window in front of other programs and
 * the one of the app have in common.
 */
export class NewMemoryWriting {
  readonly #watchers = new Set<() => void>();
  #writing: Writing = blank;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keeping: Promise<void> = Promise.resolve();
  /** Whether what is here is on the disk too. */
  #isKept = true;
  #trouble: string | undefined;

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  readonly current = (): Writing => this.#writing;
  readonly trouble = (): string | undefined => this.#trouble;

  change(part: Partial<Writing>): void {
    this.#writing = { ...this.#writing, ...part };
    this.#isKept = false;
    this.#timer ??= setTimeout(() => void this.keep(), draftMs);
    noteUnsaved(this, () => this.keep());
    this.#tell();
  }

  /** Takes up what was left, here or in another window; what is here and not kept yet stays. */
  async load(): Promise<void> {
    try {
      await this.#keeping;
      const drafts = await loci.drafts.list();
      if (!this.#isKept) return;
      const draft = drafts.map((each) => each.draft).find((each) => each.of === 'new');
      const { title, content, tags, importance, source } = draft?.memory ?? {};
      this.#writing = {
        title: title ?? '',
        content: content ?? '',
        tags: tags ?? [],
        importance: importance ?? blank.importance,
        source: source === undefined || source === 'conversation' ? blank.source : source,
      };
      this.#trouble = undefined;
    } catch (error) {
      this.#trouble = reasonOf(error);
    }
    this.#tell();
  }

  /** Puts it on the disk, now. */
  keep(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isKept) this.#keeping = this.#keeping.then(() => this.#keepOnce());
    return this.#keeping;
  }

  /** Makes it a memory. Rejects with the reason when that cannot be; then it is still here. */
  async save(): Promise<{ id: string; duplicateOf: readonly string[] }> {
    const saving = this.#writing;
    await this.keep();
    const { memory, duplicateOf } = await loci.memories.create(memoryOf(saving));
    // What was typed meanwhile begins the next one.
    if (isSame(this.#writing, saving)) {
      this.discard();
      await this.#keeping;
    }
    return { id: memory.id, duplicateOf };
  }

  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = blank;
    this.#isKept = true;
    noteUnsaved(this, null);
    this.#keeping = this.#keeping
      .then(() => loci.drafts.discard({ of: 'new' }))
      .then(
        () => undefined,
        () => undefined,
      );
    this.#tell();
  }

  async #keepOnce(): Promise<void> {
    const keeping = this.#writing;
    if (this.#isKept) return;
    try {
      if (isBlank(keeping)) await loci.drafts.discard({ of: 'new' });
      else await loci.drafts.keep({ of: 'new', memory: memoryOf(keeping) });
      this.#trouble = undefined;
      if (this.#writing === keeping) {
        this.#isKept = true;
        noteUnsaved(this, null);
      }
    } catch (error) {
      const isTooLarge = error instanceof LociFailure && error.code === 'invalid_input';
      this.#trouble = isTooLarge ? textsNow().capture.tooLarge : reasonOf(error);
      // Without a library yet, or a disk with room: tried again until it works. What is too large stays so until it is changed.
      if (!isTooLarge) this.#timer ??= setTimeout(() => void this.keep(), 2_000);
    }
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
