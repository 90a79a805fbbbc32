import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getLoadablePath } from 'sqlite-vec';
import { fuseRanks, legSize } from './fuse-ranks.mjs';
import { wordsOf } from './stop-words.mjs';

/** FTS5 with stemming, and every vector compared; the two fused by rank. */
export async function open({ dir, texts, vectorOf, dimension, timed }) {
  const db = new DatabaseSync(path.join(dir, 'memory.sqlite'), { allowExtension: true });
  db.loadExtension(getLoadablePath());
  db.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma mmap_size = 1073741824;
    create table memory (id integer primary key, text text not null);
    create virtual table vector using vec0(id integer primary key, embedding float[${dimension}] distance_metric=cosine);
    create virtual table word using fts5(text, content='memory', content_rowid='id', tokenize='porter unicode61')`);
  const addAll = (sql, valuesOf) => {
    const add = db.prepare(sql);
    db.exec('begin');
    for (let place = 0; place < texts.length; place++) add.run(BigInt(place), valuesOf(place));
    db.exec('commit');
  };
  const bytesOf = (vector) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  await timed('load', async () => addAll('insert into memory values (?, ?)', (place) => texts[place]));
  await timed('vectors', async () =>
    addAll('insert into vector values (?, ?)', (place) => bytesOf(vectorOf(place))),
  );
  await timed('words', async () => db.exec(`insert into word (word) values ('rebuild')`));
  const nearest = db.prepare('select id from vector where embedding match ? and k = ? order by distance');
  const matching = db.prepare('select rowid as id from word where word match ? order by rank limit ?');
  const peer = {
    vector: ({ vector, limit }) => nearest.all(bytesOf(vector), limit).map(({ id }) => id),
    words({ text, limit }) {
      const words = wordsOf(text);
      if (words.length === 0) return [];
      return matching.all(words.map((word) => `"${word}"`).join(' OR '), limit).map(({ id }) => id);
    },
    hybrid: ({ limit, ...query }) =>
      fuseRanks([peer.vector({ ...query, limit: legSize }), peer.words({ ...query, limit: legSize })], limit),
    close: () => db.close(),
  };
  return peer;
}
