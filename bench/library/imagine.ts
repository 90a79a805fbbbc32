import { documentKinds } from '../../shared/schemas/document.ts';
import type { MemorySource, VersionCause } from '../../shared/schemas/memory.ts';
import { tagColours } from '../../shared/schemas/tag.ts';
import { dayMs, hourMs, moments } from './calendar.ts';
import { Lottery, Random } from './random.ts';
import { noRows, type Happening, type MemoryRow, type Rows, type TagRow } from './rows.ts';
import { commonWords, Writer, type SourceText } from './texts.ts';

export interface LibraryPlan {
  readonly memories: number;
  readonly seed: number;
  /** The end of the eight years that the library was filled in. */
  readonly untilMs: number;
  readonly texts: readonly SourceText[];
}

const years = 8;
const tagCount = 200;
/** How many tags a memory has, and how often. */
const tagsPerMemory = new Lottery([25, 35, 25, 10, 3, 1, 1]);
const sources: readonly MemorySource[] = ['note', 'snippet', 'web', 'file', 'conversation'];
const sourceShares = new Lottery([55, 20, 25]);
const causes: readonly VersionCause[] = ['edit', 'tag', 'bulk', 'undo'];
const causeShares = new Lottery([75, 15, 7, 3]);
const documentFormats = {
  file: ['pdf', 'markdown', 'text', 'html'],
  conversation: ['conversation'],
} as const;

export function startOf({ untilMs }: LibraryPlan): number {
  return untilMs - years * 365.25 * dayMs;
}

/** A stretch of consecutive memories that have something in common. */
interface Stretch {
  readonly id: string;
  readonly topics: readonly number[];
  /** The position of the first memory after it. */
  readonly end: number;
}

interface DocumentStretch extends Stretch {
  readonly source: 'file' | 'conversation';
}

/** The life of a library, in batches and in the order of time. The same plan gives the same rows, keys included. */
export function* imagine(plan: LibraryPlan, batchSize: number): Generator<Rows, void, void> {
  yield* new Imagination(plan).batches(batchSize);
}

class Imagination {
  readonly #plan: LibraryPlan;
  readonly #random: Random;
  readonly #writer: Writer;
  readonly #times: Float64Array;
  readonly #tags: TagRow[] = [];
  readonly #byUse = Lottery.zipf(tagCount);
  /** No more than three a day, however many memories. */
  readonly #memoriesPerSession: number;
  #rows = noRows();
  #session: Stretch | undefined;
  #document: DocumentStretch | undefined;

  constructor(plan: LibraryPlan) {
    this.#plan = plan;
    this.#random = new Random(plan.seed);
    this.#writer = new Writer(plan.texts, this.#random);
    this.#times = moments(plan.memories, startOf(plan), plan.untilMs, this.#random);
    this.#memoriesPerSession = Math.max(25, plan.memories / (years * 365 * 3));
  }

  *batches(batchSize: number): Generator<Rows, void, void> {
    this.#makeTags();
    for (let position = 0; position < this.#times.length; position++) {
      this.#makeMemory(position);
      if (this.#rows.memory.length >= batchSize) yield this.#handOver();
    }
    yield this.#handOver();
  }

  #handOver(): Rows {
    const rows = this.#rows;
    this.#rows = noRows();
    return rows;
  }

  #makeTags(): void {
    for (const name of commonWords(this.#plan.texts, tagCount)) {
      const at = Math.floor(startOf(this.#plan) - this.#random.wait(dayMs));
      const id = this.#random.timedKey(at);
      const colour = this.#random.chance(0.4) ? this.#random.pick(tagColours) : null;
      this.#tags.push({ id, ...sinceThen(at), name, colour });
      this.#note(at, { action: 'created', entity: 'tag', entityId: id });
    }
    this.#rows.tag.push(...this.#tags);
  }

  #makeMemory(position: number): void {
    const random = this.#random;
    const at = this.#times[position] ?? 0;
    const session = this.#sessionAt(position, at);
    const document = this.#documentAt(position, at);
    const topics = document?.topics ?? session?.topics;
    const { title, content } = this.#writer.write(topics ? random.pick(topics) : this.#writer.chooseTopic());
    const id = random.timedKey(at);
    const current: MemoryRow = {
      id,
      ...sinceThen(at),
      session_id: session?.id ?? null,
      document_id: document?.id ?? null,
      title,
      content,
      importance: this.#importance(),
      pinned: random.chance(0.02),
      source: document?.source ?? sources[sourceShares.draw(random)] ?? 'note',
      occurred_at: iso(at),
      version: 1,
      seal: random.plainKey(),
      deleted_at: null,
    };
    const tags = this.#drawTags();
    for (const tag of tags)
      this.#rows.link.push({ memoryId: id, tagId: tag.id, createdAt: current.created_at });
    const changed = random.chance(0.1) ? this.#makeVersions(current, tags) : current;
    if (changed === current) this.#note(at, { action: 'created', entity: 'memory', entityId: id });
    this.#rows.memory.push(random.chance(0.03) ? this.#putInTrash(changed) : changed);
  }

  /** Its earlier states, the oldest first, and what led from each to the next. */
  #makeVersions(current: MemoryRow, tags: readonly TagRow[]): MemoryRow {
    const random = this.#random;
    const count = Math.min(20, 1 + Math.floor(random.wait(0.9)));
    const names = tags.map(({ name }) => name).toSorted();
    const created = Date.parse(current.created_at);
    const times = Array.from({ length: count }, () =>
      Math.min(created + random.wait(20 * dayMs), this.#plan.untilMs - 1),
    ).toSorted((a, b) => a - b);
    let known: Pick<Happening, 'action' | 'fields'> & { at: number } = {
      at: created,
      action: 'created',
      fields: [],
    };
    for (const [i, time] of times.entries()) {
      const at = Math.floor(time);
      const cause = causes[causeShares.draw(random)] ?? 'edit';
      const ofTags = cause === 'tag' && names.length > 0;
      const field = ofTags ? 'tags' : cause === 'bulk' ? 'importance' : 'content';
      const before = {
        title: current.title,
        content: field === 'content' ? this.#writer.writeEarlier(current.content) : current.content,
        importance: field === 'importance' ? this.#importance() : current.importance,
      };
      this.#rows.version.push({
        id: random.timedKey(at),
        created_at: iso(at),
        memory_id: current.id,
        number: i + 1,
        ...before,
        tags: ofTags ? names.slice(1) : names,
        cause,
      });
      this.#note(known.at, { ...known, entity: 'memory', entityId: current.id, before });
      known = { at, action: 'changed', fields: [field] };
    }
    this.#note(known.at, { ...known, entity: 'memory', entityId: current.id });
    return { ...current, version: count + 1, updated_at: iso(known.at) };
  }

  /** Within the last weeks: what is there for longer is emptied out by itself. */
  #putInTrash(memory: MemoryRow): MemoryRow {
    const from = Math.max(Date.parse(memory.updated_at), this.#plan.untilMs - 25 * dayMs);
    const at = this.#random.between(from, this.#plan.untilMs);
    const last = this.#rows.happening.findLast(({ entityId }) => entityId === memory.id);
    if (last) this.#replaceLast(last, { ...last, before: { deleted_at: null } });
    this.#note(at, { action: 'trashed', entity: 'memory', entityId: memory.id });
    return { ...memory, updated_at: iso(at), deleted_at: iso(at) };
  }

  #replaceLast(last: Happening, by: Happening): void {
    this.#rows.happening[this.#rows.happening.lastIndexOf(last)] = by;
  }

  #drawTags(): TagRow[] {
    const drawn = new Set<TagRow>();
    for (let left = tagsPerMemory.draw(this.#random); left > 0; left--) {
      const tag = this.#tags[this.#byUse.draw(this.#random)];
      if (tag) drawn.add(tag);
    }
    return [...drawn];
  }

  /** Most people leave it as it is. */
  #importance(): number {
    if (this.#random.chance(0.6)) return 0.5;
    const chosen = Math.min(Math.max(this.#random.around(0.6, 0.2), 0), 1);
    return Math.round(chosen * 100) / 100;
  }

  /** Four memories of five are captured in one. */
  #sessionAt(position: number, at: number): Stretch | undefined {
    const random = this.#random;
    if (!this.#session || position >= this.#session.end) {
      const wanted = position + Math.ceil(random.wait(this.#memoriesPerSession));
      let end = Math.min(wanted, this.#times.length);
      // A session expires after thirty days; whatever comes later belongs to another.
      while ((this.#times[end - 1] ?? 0) > at + 29 * dayMs) end--;
      this.#session = this.#makeSession(at, Math.max(end, position + 1));
    }
    return random.chance(0.8) ? this.#session : undefined;
  }

  #makeSession(at: number, end: number): Stretch {
    const random = this.#random;
    const startedAt = at - random.between(0, 600_000);
    const expiresAt = startedAt + 30 * dayMs;
    const endsAt = random.chance(0.1)
      ? expiresAt
      : Math.min((this.#times[end - 1] ?? at) + random.between(0, 2 * hourMs), expiresAt);
    const isOpen = endsAt >= this.#plan.untilMs || end === this.#times.length;
    const topic = this.#writer.chooseTopic();
    const id = random.timedKey(startedAt);
    this.#rows.session.push({
      id,
      created_at: iso(startedAt),
      updated_at: iso(isOpen ? startedAt : endsAt),
      title: this.#writer.titleOf(topic),
      started_at: iso(startedAt),
      expires_at: iso(expiresAt),
      ended_at: isOpen ? null : iso(endsAt),
    });
    const row = { entity: 'session', entityId: id } as const;
    this.#note(startedAt, { ...row, action: 'created', ...(isOpen ? {} : { before: { ended_at: null } }) });
    if (!isOpen) {
      const actor = endsAt === expiresAt ? 'app' : 'person';
      this.#note(endsAt, { ...row, action: 'changed', fields: ['ended_at'], actor });
    }
    return { id, topics: [topic, ...this.#chooseTopics(7)], end };
  }

  #chooseTopics(count: number): number[] {
    return Array.from({ length: count }, () => this.#writer.chooseTopic());
  }

  /** Now and then a file is read in, and gives the next memories. */
  #documentAt(position: number, at: number): DocumentStretch | undefined {
    if (this.#document && position < this.#document.end) return this.#document;
    this.#document = undefined;
    const random = this.#random;
    if (!random.chance(0.016)) return undefined;
    const source = random.chance(0.6) ? 'file' : 'conversation';
    const importedAt = at - random.between(0, 60_000);
    const topic = this.#writer.chooseTopic();
    const id = random.timedKey(importedAt);
    const kind = random.pick(documentKinds.filter((one) => documentFormats[source].some((of) => of === one)));
    this.#rows.document.push({
      id,
      ...sinceThen(importedAt),
      name: `${this.#writer.titleOf(topic)}.${kind === 'conversation' ? 'json' : kind}`,
      kind,
      size_bytes: Math.ceil(random.wait(200_000)),
      imported_at: iso(importedAt),
    });
    this.#note(importedAt, { action: 'imported', entity: 'document', entityId: id });
    this.#document = {
      id,
      topics: [topic, ...this.#chooseTopics(3)],
      end: position + Math.ceil(random.wait(22)),
      source,
    };
    return this.#document;
  }

  #note(
    at: number,
    what: Pick<Happening, 'action' | 'entity' | 'entityId' | 'before'> & Partial<Happening>,
  ): void {
    const { action, entity, entityId, before, fields = [], actor = 'person' } = what;
    this.#rows.happening.push({
      id: this.#random.timedKey(at),
      occurredAt: new Date(at),
      actor,
      action,
      entity,
      entityId,
      fields,
      ...(before ? { before } : {}),
    });
  }
}

function sinceThen(at: number): { created_at: string; updated_at: string } {
  return { created_at: iso(at), updated_at: iso(at) };
}

const iso = (timeMs: number): string => new Date(timeMs).toISOString();
