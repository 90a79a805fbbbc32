import { expect, onTestFinished, test, vi } from 'vitest';

/** Main, which keeps drafts, but not of everything. */
const kept: string[] = [];
let refusal: string | undefined;
vi.stubGlobal('window', {
  addEventListener: () => undefined,
  loci: {
    invoke: async (channel: string, input?: { memory: { content: string } }) => {
      if (channel === 'drafts.keep') kept.push(input?.memory.content ?? '');
      if (channel === 'drafts.discard') kept.length = 0;
      if (channel === 'drafts.list')
        return {
          ok: true,
          value: kept
            .slice(-1)
            .map((content) => ({ draft: { of: 'new', memory: { content, title: null } } })),
        };
      if (channel === 'memories.create') return { ok: true, value: { memory: { id: 'm' }, duplicateOf: [] } };
      return refusal === undefined
        ? { ok: true, value: undefined }
        : { ok: false, error: { code: refusal, message: 'No' } };
    },
    listen: () => () => undefined,
  },
});
const { NewMemoryWriting } = await import('./new-memory.ts');

test('what is too large for a memory is said once and not tried again until it is changed; a full disk is', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const writing = new NewMemoryWriting();
  refusal = 'invalid_input';
  writing.change({ content: 'far too much' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(kept).toEqual(['far too much']);
  expect(writing.trouble()).toMatch(/more than a memory can hold/);

  refusal = 'unavailable';
  writing.change({ content: 'less' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(kept.filter((content) => content === 'less').length).toBeGreaterThan(1);
  refusal = undefined;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(writing.trouble()).toBeUndefined();
});

test('what is kept while the draft of it is read once more is gone from where it was written', async () => {
  const writing = new NewMemoryWriting();
  writing.change({ content: 'A rain barrel' });
  await writing.keep();
  const loading = writing.load();
  await Promise.all([writing.save(), loading]);
  expect([writing.current().content, kept]).toEqual(['', []]);
});
