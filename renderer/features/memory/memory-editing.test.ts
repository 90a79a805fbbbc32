import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../shared/schemas/draft.ts';
import type { MemoryChange, MemoryDto, NewMemory } from '../../../shared/schemas/memory.ts';
import { LociFailure } from '../../api/client.ts';
import { MemoryEditing, type EditingPort } from './memory-editing.ts';

const first: MemoryDto = {
  id: '019aa4c0-0000-7000-8000-000000000001',
  title: 'Roses',
  content: 'Roses want sun.',
  importance: 0.5,
  pinned: false,
  source: 'note',
  occurredAt: '2026-11-21T12:00:00.000Z',
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:00.000Z',
  deletedAt: null,
  sessionId: null,
  documentId: null,
  version: 1,
  tags: [{ id: 'a', name: 'garden', colour: null }],
};

/** A library of one memory, with the rules of the real one. */
class Library implements EditingPort {
  memory = first;
  readonly updates: MemoryChange[] = [];
  readonly created: NewMemory[] = [];
  draft: Draft | undefined;
  isUnsaved = false;
  trouble: LociFailure | undefined;

  async update(change: MemoryChange): Promise<MemoryDto> {
    if (this.trouble) throw this.trouble;
    this.updates.push(change);
    if (change.version !== this.memory.version || this.memory.deletedAt !== null) {
      throw new LociFailure({ code: 'conflict', message: 'Changed meanwhile.', details: this.memory });
    }
    const { id: _id, version: _seen, goesOn: _how, documentId: _from, tags, ...fields } = change;
    this.write({
      ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      ...(tags ? { tags: tags.map((name) => ({ id: name, name, colour: null })) } : {}),
    });
    return this.memory;
  }
  write(part: Partial<MemoryDto>): void {
    this.memory = { ...this.memory, ...part, version: this.memory.version + 1 };
  }
  async create(memory: NewMemory) {
    this.created.push(memory);
    return { memory: { ...first, id: 'other' } };
  }
  async keepDraft(draft: Draft) {
    this.draft = draft;
  }
  async discardDraft() {
    this.draft = undefined;
  }
  noteUnsaved(save: (() => Promise<void>) | null) {
    this.isUnsaved = save !== null;
  }
}

let library: Library;
let editing: MemoryEditing;
const state = () => editing.view().save.state;

beforeEach(() => {
  vi.useFakeTimers();
  library = new Library();
  editing = new MemoryEditing(first, library);
});
afterEach(() => vi.useRealTimers());

test('what is typed is a draft within half a second, saved in a pause, and no draft any more', async () => {
  editing.change({ content: 'Roses want sun and' });
  await vi.advanceTimersByTimeAsync(300);
  editing.change({ content: 'Roses want sun and water.' });
  await vi.advanceTimersByTimeAsync(250);
  expect(library.draft).toMatchObject({ change: { version: 1, content: 'Roses want sun and water.' } });
  expect(library.updates).toEqual([]);
  expect(library.isUnsaved).toBe(true);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(library.memory).toMatchObject({ content: 'Roses want sun and water.', version: 2 });
  expect([state(), library.isUnsaved, library.draft]).toEqual(['saved', false, undefined]);
});

test('who writes without a pause is saved all the same', async () => {
  for (let letters = 1; letters <= 100; letters++) {
    editing.change({ content: `Roses want sun. ${'x'.repeat(letters)}` });
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(library.updates.length).toBeGreaterThan(0);
});

test('saving while writing goes on with the same version of the history; losing much begins another', async () => {
  const write = async (content: string) => {
    editing.change({ content });
    await vi.advanceTimersByTimeAsync(2_000);
  };
  await write('Roses want sun. And');
  await write('Roses want sun. And water.');
  await write('R');
  editing.endWriting();
  await write('Rain.');
  expect(library.updates.map(({ goesOn }) => goesOn ?? false)).toEqual([false, true, false, false]);
});

test('a tag, a pin or a date is saved at once', async () => {
  editing.change({ tags: ['garden', 'spring'], pinned: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(library.memory).toMatchObject({ pinned: true, tags: [{ name: 'garden' }, { name: 'spring' }] });
});

test('what was taken back before it was saved is not saved', async () => {
  editing.change({ content: 'Roses' });
  await vi.advanceTimersByTimeAsync(300);
  editing.change({ content: first.content });
  await vi.advanceTimersByTimeAsync(10_000);
  expect([library.updates, library.draft, library.isUnsaved]).toEqual([[], undefined, false]);
});

test('a library that cannot be reached is tried until it can, and the draft waits as long', async () => {
  library.trouble = new LociFailure({ code: 'unavailable', message: 'The library is not open.' });
  editing.change({ content: 'Roses want sun and water.' });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(editing.view().save).toEqual({ state: 'waiting', reason: 'The library is not open.' });
  expect(library.draft).toBeDefined();
  library.trouble = undefined;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(library.memory.content).toBe('Roses want sun and water.');
  expect([state(), library.draft]).toEqual(['saved', undefined]);
});

test('what main refuses is said in its words, and the next change is tried', async () => {
  const details = [{ path: 'content', message: 'There is nothing here to remember yet.' }];
  library.trouble = new LociFailure({ code: 'invalid_input', message: 'Wrong.', details });
  editing.change({ content: '', title: null });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(editing.view().save).toEqual({
    state: 'refused',
    reason: 'There is nothing here to remember yet.',
  });
  library.trouble = undefined;
  editing.change({ content: 'Basil' });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(library.memory).toMatchObject({ content: 'Basil', title: null });
});

test('changes of two that do not meet are both kept, and tags of both', async () => {
  editing.change({ content: 'Roses want sun and water.', tags: ['garden', 'mine'] });
  library.write({ importance: 1, tags: [...first.tags, { id: 'b', name: 'theirs', colour: null }] });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(library.memory).toMatchObject({ content: 'Roses want sun and water.', importance: 1 });
  expect(library.memory.tags.map(({ name }) => name)).toEqual(['garden', 'theirs', 'mine']);
  expect(state()).toBe('saved');
});

describeConflict('mine', async () => {
  await editing.keepMine();
  expect(library.memory.content).toBe('Roses want my sun.');
  expect(library.updates.at(-1)?.goesOn).toBeUndefined();
});
describeConflict('theirs', async () => {
  await editing.keepTheirs();
  expect(library.memory.content).toBe('Roses want their sun.');
  // Mine was there in between, so it is in the history.
  expect(library.updates.map(({ content }) => content)).toContain('Roses want my sun.');
  expect(library.updates.length).toBe(3);
});
describeConflict('both', async () => {
  expect(await editing.keepBoth()).toBe('other');
  expect(library.memory.content).toBe('Roses want their sun.');
  expect(library.created).toMatchObject([{ content: 'Roses want my sun.', tags: ['garden'] }]);
});

function describeConflict(choice: string, resolve: () => Promise<void>): void {
  test(`where two wrote at the same place nothing is overwritten, and ${choice} can be kept`, async () => {
    editing.change({ content: 'Roses want my sun.' });
    library.write({ content: 'Roses want their sun.' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(editing.view()).toMatchObject({
      memory: { content: 'Roses want my sun.' },
      save: { state: 'conflict', theirs: { content: 'Roses want their sun.' } },
    });
    expect([library.memory.content, library.updates.length]).toEqual(['Roses want their sun.', 1]);
    expect(library.draft).toBeDefined();
    await resolve();
    expect([state(), library.isUnsaved, library.draft]).toEqual(['saved', false, undefined]);
    expect(editing.view().memory.content).toBe(library.memory.content);
  });
}

test('what somebody else saved is not overwritten either when it is heard of before the pause', async () => {
  editing.change({ content: 'Roses want my sun.' });
  library.write({ content: 'Roses want their sun.' });
  editing.refreshed(library.memory);
  await vi.advanceTimersByTimeAsync(20_000);
  await editing.flush();
  expect([state(), library.updates]).toEqual(['conflict', []]);
});

test('what is typed into a memory that went to the trash stays', async () => {
  editing.change({ content: 'Roses want sun and water.' });
  library.write({ deletedAt: '2026-11-21T12:01:00.000Z' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(state()).toBe('gone');
  expect(library.draft).toMatchObject({ change: { content: 'Roses want sun and water.' } });
});

test('a draft of an earlier run is saved where nobody changed the text since, and asked about where somebody did', async () => {
  editing.restoreDraft({ id: first.id, version: 1, content: 'Roses want sun and rain.' });
  await vi.advanceTimersByTimeAsync(100);
  expect(library.memory.content).toBe('Roses want sun and rain.');

  library.memory = { ...first, version: 5 };
  editing = new MemoryEditing(library.memory, library);
  editing.restoreDraft({ id: first.id, version: 4, content: 'Roses want clay.' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(state()).toBe('conflict');
  expect(library.memory.content).toBe(first.content);
});
