import { defineEntity, p } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { expect, test } from 'vitest';
import { rowProperties } from './row-properties.ts';
import { openTestDatabase } from './testing.ts';
import { vectorLiteral, VectorType } from './vector.ts';

const index = 'create index "piece_embedding_index" on "piece" using hnsw (embedding vector_cosine_ops)';
const Piece = defineEntity({
  name: 'Piece',
  properties: {
    ...rowProperties(),
    embedding: p.type(VectorType).$type<Float32Array>().length(3).nullable(),
  },
  indexes: [{ name: 'piece_embedding_index', expression: index }],
});
class CreatePiece extends Migration {
  override up(): void {
    this.addSql(`create table piece (id uuid primary key, created_at timestamptz(3) not null default now(),
      updated_at timestamptz(3) not null default now(), embedding vector(3))`);
    this.addSql(index);
  }
}

const { database, em, newEm, orm } = await openTestDatabase({
  migrated: false,
  entities: [Piece],
  migrations: [{ name: 'CreatePiece', class: CreatePiece }],
});
await database.migrate();

test('a vector comes back as it was, to the last bit', async () => {
  const embedding = Float32Array.from([0.1, -1 / 3, 1e-20]);
  const saved = em.create(Piece, { embedding });
  const empty = em.create(Piece, { embedding: null });
  await em.flush();
  expect(await newEm().findOneOrFail(Piece, saved.id)).toMatchObject({ embedding });
  expect(await newEm().findOneOrFail(Piece, empty.id)).toMatchObject({ embedding: null });
  saved.embedding = Float32Array.from([1, 2, 3]);
  await em.flush();
  expect(await newEm().findOneOrFail(Piece, saved.id)).toMatchObject({ embedding: saved.embedding });
});

test('the nearest is found by meaning', async () => {
  const near = em.create(Piece, { embedding: Float32Array.from([0, 0, 1]) });
  await em.flush();
  const [first] = await em.execute<{ id: string }[]>(
    'select id from piece where embedding is not null order by embedding <=> ?::vector limit 1',
    [vectorLiteral(Float32Array.from([0, 0.1, 1]))],
  );
  expect(first?.id).toBe(near.id);
});

test('a vector of another length is refused', async () => {
  const other = newEm();
  other.create(Piece, { embedding: Float32Array.from([1, 2]) });
  await expect(other.flush()).rejects.toThrow(/expected 3 dimensions/);
});

test('its column and index are what the entity says', async () => {
  expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
});
