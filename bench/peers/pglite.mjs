import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector as pgvector } from '@electric-sql/pglite-pgvector';
import { fuseRanks, legSize } from './fuse-ranks.mjs';
import { wordsOf } from './stop-words.mjs';

const batchSize = 1_000;

/** HNSW and the ranking of words that Postgres has, which knows no rare ones; the two fused by rank. */
export async function open({ dir, texts, vectorOf, dimension, timed }) {
  const db = await PGlite.create({ dataDir: path.join(dir, 'pglite'), extensions: { vector: pgvector } });
  await db.exec(`create extension vector; set maintenance_work_mem to '512MB'; set hnsw.ef_search to 100;
    create table memory (id integer primary key, text text not null,
      words tsvector generated always as (to_tsvector('english', text)) stored);
    create table embedding (id integer primary key, embedding vector(${dimension}) not null)`);
  await timed('load', async () => {
    for (let from = 0; from < texts.length; from += batchSize) {
      const places = texts.slice(from, from + batchSize).map((_, i) => from + i);
      await db.query('insert into memory (id, text) select * from unnest($1::int[], $2::text[])', [
        places,
        places.map((place) => texts[place]),
      ]);
      await db.query(
        'insert into embedding select id, e::vector from unnest($1::int[], $2::text[]) as given (id, e)',
        [places, places.map((place) => `[${vectorOf(place).join(',')}]`)],
      );
    }
  });
  await timed('vectors', () => db.exec('create index on embedding using hnsw (embedding vector_cosine_ops)'));
  await timed('words', () => db.exec('create index on memory using gin (words); analyze'));
  const idsOf = async (sql, values) => (await db.query(sql, values)).rows.map(({ id }) => id);
  const peer = {
    vector: ({ vector, limit }) =>
      idsOf('select id from embedding order by embedding <=> $1 limit $2', [`[${vector.join(',')}]`, limit]),
    words: ({ text, limit }) =>
      idsOf(
        `select id from memory, to_tsquery('english', $1) q where words @@ q order by ts_rank(words, q) desc limit $2`,
        [wordsOf(text).join(' | '), limit],
      ),
    async hybrid({ limit, ...query }) {
      const near = await peer.vector({ ...query, limit: legSize });
      return fuseRanks([near, await peer.words({ ...query, limit: legSize })], limit);
    },
    close: () => db.close(),
  };
  return peer;
}
