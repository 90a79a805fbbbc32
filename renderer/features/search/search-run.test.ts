import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { SearchHit, SearchRequest, SearchResult } from '../../../shared/schemas/search.ts';

/** Main, which answers when the test says so. */
const asked: { request: SearchRequest; answer: (ids: readonly string[]) => void }[] = [];
let tell: (event: string, payload: unknown) => void = () => undefined;
const listeners = new Map<string, (payload: unknown) => void>();
vi.stubGlobal('window', {
  loci: {
    invoke: (_channel: string, request: SearchRequest) =>
      new Promise((resolve) => {
        asked.push({ request, answer: (ids) => resolve({ ok: true, value: resultOf(ids) }) });
      }),
    listen(event: string, listener: (payload: unknown) => void) {
      const before = listeners.get(event);
      listeners.set(event, (payload) => [before?.(payload), listener(payload)]);
      return () => undefined;
    },
  },
});
tell = (event, payload) => listeners.get(event)?.(payload);
const { hold, search, showWaiting, stateOfSearch, subscribe } = await import('./search-run.ts');

const nothing = { words: 0, meaning: 0, importance: 0, recency: 0, pinned: 0 };
const hitOf = (id: string): SearchHit => ({
  memory: {
    id,
    title: null,
    preview: id,
    tagIds: [],
    sessionId: null,
    documentId: null,
    source: 'note',
    occurredAt: '2026-01-01T00:00:00.000Z',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    deletedAt: null,
    importance: 0.5,
    pinned: false,
    version: 1,
  },
  score: 1,
  contributions: nothing,
  closeness: 1,
  words: null,
  meaning: null,
  isRelevant: true,
  matchedWords: [],
  nearest: null,
  copies: [],
});
const resultOf = (ids: readonly string[]): SearchResult => ({
  hits: ids.map(hitOf),
  found: ids.length,
  relevant: ids.length,
  nothingRelevant: false,
  correctedTo: [],
  problems: [],
  meaning: { state: 'used', pending: 0, exact: true },
  wordWeight: 0.5,
  ms: { total: 1, words: 1, embedding: 0, meaning: 0, ranking: 0 },
});

const shown = () => stateOfSearch().found?.hits.map(({ memory }) => memory.id);
const isWaiting = () => stateOfSearch().waiting !== undefined;
const wish = (typed: string) => ({ scope: '', typed, caret: typed.length, order: 'relevance' as const });
const last = (by: string) => asked.findLast(({ request }) => request.by === by);
async function answer(by: 'words' | 'both', ...ids: string[]): Promise<void> {
  last(by)?.answer(ids);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  const leave = subscribe(() => undefined);
  onTestFinished(async () => {
    leave();
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
  });
});

test('what is found by words is there first, and is put in order by meaning when that is known', async () => {
  search(wish('boat'));
  expect(last('words')).toBeUndefined();
  await vi.advanceTimersByTimeAsync(100);
  await answer('words', 'a', 'b');
  expect([shown(), stateOfSearch().found?.isProvisional]).toEqual([['a', 'b'], true]);
  await answer('both', 'c', 'a', 'b');
  expect([shown(), stateOfSearch().found?.isProvisional]).toEqual([['c', 'a', 'b'], false]);
});

test('words that come later than the meaning change nothing any more', async () => {
  search(wish('boats'));
  await vi.advanceTimersByTimeAsync(100);
  await answer('both', 'c', 'a');
  await answer('words', 'a', 'b');
  expect(shown()).toEqual(['c', 'a']);
});

test('an answer to what was typed before is for nobody', async () => {
  search(wish('lak'));
  const before = last('both');
  search(wish('lake'));
  await answer('both', 'lake');
  before?.answer(['lak']);
  await vi.advanceTimersByTimeAsync(0);
  expect(shown()).toEqual(['lake']);
});

test('under a pointer nothing moves: a better order waits until it is gone', async () => {
  search(wish('garden'));
  await vi.advanceTimersByTimeAsync(100);
  await answer('words', 'a', 'b');
  hold(true);
  await answer('both', 'b', 'c', 'a');
  expect([shown(), isWaiting()]).toEqual([['a', 'b'], true]);
  hold(false);
  expect([shown(), isWaiting()]).toEqual([['b', 'c', 'a'], false]);
});

test('where the words alone found nothing, what is found by meaning is shown to whoever is in the list too', async () => {
  search(wish('bread'));
  await vi.advanceTimersByTimeAsync(100);
  hold(true);
  await answer('words');
  await answer('both', 'a', 'b');
  expect([shown(), isWaiting()]).toEqual([['a', 'b'], false]);
});

test('under a pointer what is gone goes, and what is new waits until it is asked for', async () => {
  search(wish('roses'));
  await answer('both', 'a', 'b', 'c');
  hold(true);
  tell('library:changed', { changes: [{ entity: 'memory' }] });
  await vi.advanceTimersByTimeAsync(0);
  await answer('both', 'new', 'c', 'a');
  expect([shown(), isWaiting()]).toEqual([['a', 'c'], true]);
  showWaiting();
  expect([shown(), isWaiting()]).toEqual([['new', 'c', 'a'], false]);
});

test('what is read for its meaning after it was searched is found, though nobody saw it wait', async () => {
  tell('embeddings:progress', { pending: 0, stored: 7 });
  search(wish('loaf'));
  await answer('both', 'a');
  tell('library:changed', { changes: [{ entity: 'memory' }] });
  await vi.advanceTimersByTimeAsync(1_000);
  await answer('both');
  tell('embeddings:progress', { pending: 0, stored: 7 });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown()).toEqual([]);
  tell('embeddings:progress', { pending: 0, stored: 8 });
  await vi.advanceTimersByTimeAsync(1_000);
  await answer('both', 'a');
  expect(shown()).toEqual(['a']);
});
