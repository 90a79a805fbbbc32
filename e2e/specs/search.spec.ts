import { expect, test } from '../fixtures.ts';

const texts = [
  'The plumber comes on Tuesday to mend the leaking tap in the bathroom.',
  'Grandmother bakes her bread with rye flour and lets it rest overnight.',
  'The night train to Vienna leaves at nine from platform four.',
  'Roses want to be cut back in March, before the new shoots come.',
];

test('what was kept is found by meaning and by word, and is still found after a restart', async ({
  launch,
}) => {
  const loci = await launch();
  await loci.searchByMeaningReady();
  for (const content of texts) {
    expect(await loci.call('memories.create', { content })).toMatchObject({ ok: true });
  }
  await expect
    .poll(() => loci.call('embeddings.progress'), { timeout: 30_000 })
    .toMatchObject({ value: { state: 'idle', ready: texts.length, pending: 0, failed: 0 } });

  const expectFirst = async (app: typeof loci, text: string, index: number) => {
    const found = await app.call('search.query', { text });
    expect(found, text).toMatchObject({ ok: true, value: { nothingRelevant: false } });
    expect(previews(found)[0], text).toBe(texts[index]);
  };
  // Shares no word with what it finds.
  await expectFirst(loci, 'recipe for a loaf', 1);
  await expectFirst(loci, 'railway departure', 2);
  await expectFirst(loci, 'plumb', 0);
  await loci.quit();

  const again = await launch();
  await again.searchByMeaningReady();
  await expectFirst(again, 'railway departure', 2);
});

function previews(found: unknown): string[] {
  const { value } = found as { value: { hits: { memory: { preview: string } }[] } };
  return value.hits.map(({ memory }) => memory.preview);
}
