import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openTestDatabase } from '../main/database/testing.ts';
import { startTestEmbedder } from '../main/embedding/testing.ts';
import { silentLog } from '../main/logging/log.ts';
import { addPerson } from '../main/memories/testing.ts';
import { EmbeddingQueue } from '../main/search/embedding-queue.ts';
import { SearchService } from '../main/search/search-service.ts';
import type { SearchRequest } from '../shared/schemas/search.ts';
import { meanOf, qualityOf } from './ranking-quality.ts';

const { database, newEm } = await openTestDatabase();
const embedder = startTestEmbedder();
afterAll(() => embedder.stop());

test('of everyday notes asked about in other words, both ways together find nearly what meaning finds', async () => {
  const { userId, memories } = await addPerson(newEm);
  const notes = readFileSync(path.join(import.meta.dirname, 'everyday-notes.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => line.split('\t'));
  const asked: { id: string; question: string }[] = [];
  for (const [content = '', question = ''] of notes)
    asked.push({ id: (await memories.create({ content })).memory.id, question });
  await embedder.whenSettled();
  const queue = new EmbeddingQueue({ database, embedder, currentUserId: () => userId, log: silentLog });
  await queue.whenIdle();
  await queue.stop();

  const search = new SearchService({
    em: newEm(),
    currentUserId: () => userId,
    embedder,
    pending: () => 0,
  });
  const quality = async (by: NonNullable<SearchRequest['by']>) => {
    const qualities = [];
    for (const { id, question } of asked) {
      const { hits } = await search.query({ text: question, caret: null, by });
      qualities.push(
        qualityOf(
          hits.map(({ memory }) => memory.id),
          new Map([[id, 1]]),
        ),
      );
    }
    return meanOf(qualities).ndcg10;
  };
  const [words, meaning, both] = [await quality('words'), await quality('meaning'), await quality('both')];
  expect(words).toBeGreaterThan(0.35);
  expect(meaning).toBeGreaterThan(0.92);
  expect(both).toBeGreaterThan(0.9);
}, 120_000);
