import fs from 'node:fs';
import path from 'node:path';
import type { PoolClient } from 'pg';
import type { LibraryServer } from '../main/app/library-database.ts';
import { withoutIndexes } from '../main/database/without-indexes.ts';
import { withClient } from '../main/database/with-client.ts';
import type { ModelIdentity } from '../main/embedding/worker-protocol.ts';
import { silentLog } from '../main/logging/log.ts';
import { SemanticIndex } from '../main/search/semantic-index.ts';
import { rebuildWordIndex } from '../main/search/word-index.repository.ts';
import { loadInBulk } from './library/bulk-load.ts';
import { openLibrary } from './library/open-library.ts';
import { Lottery, Random } from './library/random.ts';
import { noRows, type Rows } from './library/rows.ts';
import { Store } from './library/store.ts';
import { progress } from './report.ts';
import { hashOf, type SearchTexts } from './search-texts.ts';

/** Tags that so large a part of the library has. */
export const rareTags = { tenth: 0.1, hundredth: 0.01, handful: 0.0001 } as const;

/** Changed with what is written here, so that no library made before is taken for the same. */
const makerRevision = 1;
const modelId = 1;
const batchSize = 5_000;
const firstDay = Date.UTC(2018, 10, 1);
const lastDay = Date.UTC(2026, 10, 1);
const dayMs = 24 * 60 * 60 * 1_000;
const triggered = ['memory', 'chunk_embedding'];
const meanings = ['memory_chunk', 'chunk_embedding'];

export interface SearchLibraryOptions {
  readonly dir: string;
  readonly texts: SearchTexts;
  readonly model: ModelIdentity;
  readonly signal: AbortSignal;
}

export interface MadeSearchLibrary {
  readonly libraryDir: string;
  /** What it took to make it, also if that was another day. */
  readonly seconds: { readonly rows: number; readonly words: number; readonly meanings: number };
}

/**
 * A library of these texts with their vectors, all indexes made. Where it was made before it is taken as it is, and
 * brought up to date by being opened, as anybody's library.
 */
export async function searchLibrary(options: SearchLibraryOptions): Promise<MadeSearchLibrary> {
  const { dir, texts, model } = options;
  const sample = Array.from({ length: 1_000 }, (_, i) => {
    const place = (i * 7_919) % texts.count;
    return `${texts.title?.(place) ?? ''}${texts.text(place)}`;
  });
  const hash = hashOf(String(makerRevision), model.name, model.revision, ...sample);
  const home = path.join(dir, `search-${texts.count}-${hash}`);
  const notes = path.join(home, 'made.json');
  const libraryDir = path.join(home, 'library');
  if (fs.existsSync(notes)) return { libraryDir, seconds: JSON.parse(fs.readFileSync(notes, 'utf8')) };
  // Of a run that was interrupted.
  fs.rmSync(home, { recursive: true, force: true });
  const library = await openLibrary({ libraryDir, signal: options.signal });
  try {
    const seconds = await make(library, options);
    fs.writeFileSync(notes, JSON.stringify(seconds));
    return { libraryDir, seconds };
  } finally {
    await library.close();
  }
}

async function make(
  { database }: LibraryServer,
  { texts, model, signal }: SearchLibraryOptions,
): Promise<MadeSearchLibrary['seconds']> {
  const start = performance.now();
  const since = () => (performance.now() - start) / 1_000;
  const seconds = { rows: 0, words: 0, meanings: 0 };
  await withClient(database, signal, async (client) => {
    const run = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
    await run('begin');
    // What triggers would do row by row is done below, for all at once.
    for (const table of triggered) await run(`alter table ${table} disable trigger user`);
    await client.query(
      'insert into embedding_model (id, name, revision, dimension) values ($1, $2, $3, $4)',
      [modelId, model.name, model.revision, model.dimension],
    );
    await loadInBulk(client, () => withoutIndexes(run, meanings, () => write(client, texts, signal)));
    seconds.rows = since();
    for (const table of triggered) await run(`alter table ${table} enable trigger user`);
    await rebuildWordIndex(run);
    await run('commit');
    seconds.words = since() - seconds.rows;
    await run('vacuum (analyze)');
  });
  const index = new SemanticIndex({ database, log: silentLog });
  await index.ensure({ id: modelId, dimension: model.dimension });
  await index.stop();
  seconds.meanings = since() - seconds.rows - seconds.words;
  return seconds;
}

async function write(client: PoolClient, texts: SearchTexts, signal: AbortSignal): Promise<void> {
  const random = new Random(7);
  const userId = random.timedKey(firstDay);
  const store = new Store(client, userId);
  const createdAt = new Date(firstDay).toISOString();
  await store.addUser(createdAt, {
    id: random.timedKey(firstDay),
    occurredAt: new Date(firstDay),
    actor: 'app',
    action: 'created',
    entity: 'app_user',
    entityId: userId,
    fields: [],
  });
  const halfvec = await client.query<{ oid: number }>(`select 'halfvec'::regtype::oid::int as oid`);
  const writeRows = rowsOf(texts, random, createdAt);
  for (let from = 0; from < texts.count; from += batchSize) {
    signal.throwIfAborted();
    const places = Array.from({ length: Math.min(batchSize, texts.count - from) }, (_, i) => from + i);
    const rows = writeRows(places);
    await store.add(rows);
    const ids = rows.memory.map(({ id }) => id);
    // Each is one piece: none is longer than what the model reads at once.
    await client.query(
      `insert into memory_chunk
         (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at, status)
       select id, id, $2, 0, 0, char_length(content), 2 + char_length(content) / 5,
         sha256(convert_to(content, 'UTF8')), created_at, 'ready'
       from memory where id = any($1::uuid[])`,
      [ids, modelId],
    );
    await client.query(
      `insert into chunk_embedding (chunk_id, memory_id, model_id, embedding)
       select id, id, $3, embedding from unnest($1::uuid[], $2::halfvec[]) as given (id, embedding)`,
      [
        ids,
        binaryVectors(
          places.map((place) => texts.vector(place)),
          halfvec.rows[0]?.oid ?? 0,
        ),
        modelId,
      ],
    );
    if (from % 100_000 === 0) progress(`${from} of ${texts.count} memories`);
  }
}

/** The rows of memories, in the order of their dates, with tags. */
function rowsOf(
  { count, text, title }: SearchTexts,
  random: Random,
  createdAt: string,
): (places: readonly number[]) => Rows {
  const since = title ? lastDay - dayMs : firstDay;
  const usualTags = Array.from({ length: 200 }, (_, i) => ({
    id: random.timedKey(firstDay),
    name: `topic ${i}`,
  }));
  const lottery = Lottery.zipf(usualTags.length);
  const rare = Object.entries(rareTags).map(([name, share]) => ({
    id: random.timedKey(firstDay),
    name,
    share,
  }));
  let written = 0;
  return (places) => {
    const rows = noRows();
    if (written === 0)
      for (const { id, name } of [...usualTags, ...rare])
        rows.tag.push({ id, name, colour: null, created_at: createdAt, updated_at: createdAt });
    for (const place of places) {
      const at = since + ((lastDay - since) * (written + random.fraction())) / count;
      const time = new Date(at).toISOString();
      const id = random.timedKey(at);
      rows.memory.push({
        id,
        created_at: time,
        updated_at: time,
        session_id: null,
        document_id: null,
        title: title?.(place) ?? null,
        content: title ? text(place).slice(title(place).length).trimStart() : text(place),
        importance: title ? 0.5 : Math.round(random.fraction() * 100) / 100,
        pinned: !title && random.chance(0.001),
        source: 'note',
        occurred_at: time,
        version: 1,
        seal: random.plainKey(),
        deleted_at: null,
      });
      const usual = usualTags[lottery.draw(random)];
      const tags = [
        ...(usual && random.chance(0.8) ? [usual] : []),
        // Evenly over the years; one at least has even the rarest.
        ...rare.filter(({ share }) => (written + 1) % Math.round(1 / Math.max(share, 1 / count)) === 0),
      ];
      for (const tag of tags) rows.link.push({ memoryId: id, tagId: tag.id, createdAt: time });
      written += 1;
    }
    return rows;
  };
}

/** An array of vectors as the server itself writes it: as text they would take five times as long. */
function binaryVectors(vectors: readonly Float32Array[], typeId: number): Buffer {
  const dimension = vectors[0]?.length ?? 0;
  const elementBytes = 4 + 2 * dimension;
  const buffer = Buffer.alloc(20 + vectors.length * (4 + elementBytes));
  // Dimensions, nulls, type, length, first index.
  for (const [i, value] of [1, 0, typeId, vectors.length, 1].entries()) buffer.writeInt32BE(value, 4 * i);
  let at = 20;
  for (const vector of vectors) {
    at = buffer.writeInt32BE(elementBytes, at);
    at = buffer.writeInt16BE(dimension, at);
    at = buffer.writeInt16BE(0, at);
    for (const value of vector) at = buffer.writeUInt16BE(halfOf(value), at);
  }
  return buffer;
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The nearest number of two bytes; none of a vector of unit length is too large for it. */
function halfOf(value: number): number {
  single[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 112;
  const fraction = word & 0x7fffff;
  if (exponent > 0) return (sign | (exponent << 10) | (fraction >>> 13)) + roundedUp(fraction, 13);
  if (exponent < -10) return sign;
  const shift = 14 - exponent;
  const whole = fraction | 0x800000;
  return (sign | (whole >>> shift)) + roundedUp(whole, shift);
}

/** To the even one where it is just between two. */
function roundedUp(value: number, shift: number): number {
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && ((value >>> shift) & 1) === 1) ? 1 : 0;
}
