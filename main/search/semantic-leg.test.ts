import { expect, test } from 'vitest';
import { emptyQuery, type SearchQuery } from '../../shared/query/search-query.ts';
import { openTestDatabase } from '../database/testing.ts';
import { vectorLiteral } from '../database/vector.ts';
import { silentLog } from '../logging/log.ts';
import { addPerson } from '../memories/testing.ts';
import { SemanticIndex } from './semantic-index.ts';
import { SemanticLeg } from './semantic-leg.ts';

const dimension = 48;
const model = { name: 'Points', revision: 'one', dimension, maxTokens: 256 };
const stored = { id: 1, dimension };
const { em, newEm, database } = await openTestDatabase();
await em.execute('insert into embedding_model (id, name, revision, dimension) values (1, ?, ?, ?)', [
  model.name,
  model.revision,
  dimension,
]);
const person = await addPerson(newEm);
const stranger = await addPerson(newEm);

let state = 7;
const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
const gauss = () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());

function unit(numbers: Float32Array): Float32Array {
  const length = Math.hypot(...numbers);
  return numbers.map((number) => number / length);
}
/** Near one of some centres, as texts are about subjects. */
const centres = Array.from({ length: 60 }, () => unit(Float32Array.from({ length: dimension }, gauss)));
const point = () => {
  const centre = centres[Math.floor(random() * centres.length)];
  return unit(Float32Array.from({ length: dimension }, (_, i) => (centre?.[i] ?? 0) + 0.1 * gauss()));
};

interface Point {
  readonly memoryId: string;
  readonly vector: Float32Array;
}

/** Memories of one piece each, and their importance is their number, so that filters can be cut to size. */
async function addPoints(userId: string, count: number, pieces = 1): Promise<Point[]> {
  const vectors = Array.from({ length: count * pieces }, point);
  const rows = await em.execute<{ id: string; vector: string }[]>(
    `with memory_row as (
       insert into memory (id, user_id, content, content_hash, source, occurred_at, importance)
       select uuid_v7(), ?, 'Point ' || n, sha256('x'), 'note', now(), n / (?::float8 - 1)
       from generate_series(0, ?::int - 1) n returning id, importance
     ), piece as (
       insert into memory_chunk
         (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at, status)
       select uuid_v7(), id, 1, p, p, p + 5, 3, sha256('x'), now(), 'ready'
       from memory_row, generate_series(0, ?::int - 1) p returning id, memory_id
     ), given as (
       select row_number() over () as n, vector from unnest(?::text[]) vector
     )
     insert into chunk_embedding (chunk_id, memory_id, model_id, embedding)
     select piece.id, piece.memory_id, 1, given.vector::halfvec
     from (select *, row_number() over () as n from piece) piece join given using (n)
     returning memory_id as id, embedding::text as vector`,
    [userId, count, count, pieces, `{${vectors.map((vector) => `"${vectorLiteral(vector)}"`).join()}}`],
  );
  return rows.map(({ id, vector }) => ({ memoryId: id, vector: Float32Array.from(JSON.parse(vector)) }));
}

const points = await addPoints(person.userId, 4000);
await addPoints(stranger.userId, 3, 4);
// Rounded as the vectors in the library are, so that who is before whom is no matter of rounding.
const rounded = await em.execute<{ vector: string }[]>(
  'select v::halfvec::text as vector from unnest(?::text[]) v',
  [`{${Array.from({ length: 20 }, () => `"${vectorLiteral(point())}"`).join()}}`],
);
const queries = rounded.map(({ vector }) => ({ model, vector: Float32Array.from(JSON.parse(vector)) }));
const filterOf = (query: Partial<SearchQuery> = {}, userId = person.userId) => ({
  userId,
  query: { ...emptyQuery(), ...query },
});
const important = (share: number) =>
  filterOf({ importance: { from: { value: 1 - share, inclusive: false }, to: null } });

const ids = (hits: readonly { memoryId: string }[]) => hits.map(({ memoryId }) => memoryId);
function bruteForce(vector: Float32Array, among: readonly Point[], limit: number): string[] {
  const score = (other: Float32Array) => other.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
  return among
    .map(({ memoryId, vector: other }) => ({ memoryId, score: score(other) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ memoryId }) => memoryId);
}

test('in a small library every vector is compared', async () => {
  const leg = new SemanticLeg({ em });
  for (const query of queries.slice(0, 5)) {
    const { hits, exact } = await leg.findByMeaning(query, filterOf(), { limit: 10 });
    expect(exact).toBe(true);
    expect(ids(hits)).toEqual(bruteForce(query.vector, points, 10));
    const [first] = hits;
    const scores = await leg.scoreOf(ids(hits), query);
    expect(scores.get(first?.memoryId ?? '')).toEqual(first);
    expect(scores.size).toBe(10);
  }
});

test('a memory with many good pieces is one hit, with its best piece', async () => {
  const leg = new SemanticLeg({ em });
  for (const query of queries.slice(0, 5)) {
    const { hits } = await leg.findByMeaning(query, filterOf({}, stranger.userId), { limit: 2 });
    const scores = await leg.scoreOf(ids(hits), query);
    expect(hits.map((hit) => scores.get(hit.memoryId))).toEqual(hits);
    expect(new Set(ids(hits)).size).toBe(2);
  }
});

test('of another model, or a library without vectors, nothing is found and nothing fails', async () => {
  const leg = new SemanticLeg({ em });
  const [query] = queries;
  const other = { model: { ...model, revision: 'two' }, vector: query?.vector ?? new Float32Array() };
  expect(await leg.findByMeaning(other, filterOf(), { limit: 10 })).toEqual({ hits: [], exact: true });
  const nobody = filterOf({}, '0190a0b0-0001-7000-8000-000000000000');
  for (const each of queries.slice(0, 1))
    expect((await leg.findByMeaning(each, nobody, { limit: 10 })).hits).toEqual([]);
  expect(await leg.scoreOf([], other)).toEqual(new Map());
});

test('with an index nearly all of the best are found, and a filter never costs results', async () => {
  const index = new SemanticIndex({ database, log: silentLog, fromPieces: 100 });
  expect(await index.ensure(stored, { isMoreToCome: true })).toBe(false);
  expect(await index.ensure(stored)).toBe(true);
  expect(await index.ensure(stored)).toBe(true);
  const plan = await em.execute(
    `explain select from chunk_embedding where model_id = 1
     order by (embedding::halfvec(${dimension})) <#> '${vectorLiteral(centres[0] ?? new Float32Array())}' limit 10`,
  );
  expect(JSON.stringify(plan)).toContain('chunk_embedding_model_1_index');

  const leg = new SemanticLeg({ em, fewMemories: points.length });
  const throughIndex = new SemanticLeg({ em, fewMemories: 0 });
  let found = 0;
  for (const query of queries) {
    const { hits, exact } = await leg.findByMeaning(query, filterOf(), { limit: 10 });
    expect(exact).toBe(false);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    const best = new Set(bruteForce(query.vector, points, 10));
    found += ids(hits).filter((id) => best.has(id)).length;

    for (const share of [0.5, 0.1, 0.01, 0.0005]) {
      const among = points.filter((_, n) => n / (points.length - 1) > 1 - share);
      const expected = bruteForce(query.vector, among, 10);
      const few = await leg.findByMeaning(query, important(share), { limit: 10 });
      expect(few).toMatchObject({ exact: true });
      expect(ids(few.hits)).toEqual(expected);
      const near = await throughIndex.findByMeaning(query, important(share), { limit: 10 });
      expect(near.hits).toHaveLength(expected.length);
      expect(ids(near.hits).filter((id) => !among.some(({ memoryId }) => memoryId === id))).toEqual([]);
    }
    // Three memories among thousands of somebody else's.
    for (let again = 0; again < 2; again++) {
      const other = await leg.findByMeaning(query, filterOf({}, stranger.userId), { limit: 10 });
      expect(other.hits).toHaveLength(3);
    }
  }
  expect(found / (10 * queries.length)).toBeGreaterThan(0.97);
  await index.stop();
});
