import path from 'node:path';
import * as lancedb from '@lancedb/lancedb';
import { Float32, Field, FixedSizeList, Int32, Schema, Utf8 } from 'apache-arrow';

const ef = 100;
const batchSize = 5_000;

/** Its own hybrid: HNSW_SQ and full text, fused by rank. */
export async function open({ dir, texts, vectorOf, dimension, timed }) {
  const db = await lancedb.connect(path.join(dir, 'lancedb'));
  const schema = new Schema([
    new Field('id', new Int32(), false),
    new Field('text', new Utf8(), false),
    new Field('vector', new FixedSizeList(dimension, new Field('item', new Float32(), true)), false),
  ]);
  const table = await db.createEmptyTable('memory', schema, { mode: 'overwrite' });
  await timed('load', async () => {
    for (let from = 0; from < texts.length; from += batchSize)
      await table.add(
        texts
          .slice(from, from + batchSize)
          .map((text, i) => ({ id: from + i, text, vector: Array.from(vectorOf(from + i)) })),
      );
    await table.optimize();
  });
  await timed('vectors', () =>
    table.createIndex('vector', { config: lancedb.Index.hnswSq({ distanceType: 'cosine' }) }),
  );
  await timed('words', () =>
    table.createIndex('text', { config: lancedb.Index.fts({ stem: true, removeStopWords: true }) }),
  );
  const reranker = await lancedb.rerankers.RRFReranker.create();
  const idsOf = async (query) => (await query.toArray()).map(({ id }) => id);
  return {
    vector: ({ vector, limit }) =>
      idsOf(table.query().nearestTo(vector).distanceType('cosine').ef(ef).limit(limit).select(['id'])),
    words: ({ text, limit }) =>
      idsOf(
        table
          .query()
          .fullTextSearch(text, { columns: ['text'] })
          .limit(limit)
          .select(['id']),
      ),
    hybrid: ({ text, vector, limit }) =>
      idsOf(
        table
          .query()
          .nearestTo(vector)
          .distanceType('cosine')
          .ef(ef)
          .fullTextSearch(text, { columns: ['text'] })
          .rerank(reranker)
          .limit(limit)
          .select(['id']),
      ),
  };
}
