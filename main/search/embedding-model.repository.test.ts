import { expect, test } from 'vitest';
import { emptyQuery } from '../../shared/query/search-query.ts';
import { openTestDatabase } from '../database/testing.ts';
import { inTransaction } from '../database/transaction.ts';
import { addPerson } from '../memories/testing.ts';
import { EmbeddingModelRepository } from './embedding-model.repository.ts';
import { SemanticLeg } from './semantic-leg.ts';

test('a model that was removed and comes back is searched with, and no other one instead', async () => {
  const { em, newEm } = await openTestDatabase();
  const person = await addPerson(newEm);
  const { memory } = await person.memories.create({ content: 'The lake was warm.' });
  const own = newEm();
  const models = new EmbeddingModelRepository(own);
  const identity = (name: string, dimension: number) => ({ name, revision: name, dimension, maxTokens: 256 });
  const vector = (dimension: number) => Array.from({ length: dimension }, () => 0.5);

  const add = async (name: string, dimension: number) => {
    const id = await inTransaction(own, () => models.ensure(identity(name, dimension)));
    await em.execute(
      `with piece as (
         insert into memory_chunk (id, memory_id, model_id, position, start_offset, end_offset, tokens, text_hash, queued_at, status)
         values (uuid_v7(), ?, ?, 0, 0, 5, 3, sha256('x'), now(), 'ready') returning id, memory_id, model_id)
       insert into chunk_embedding (chunk_id, memory_id, model_id, embedding)
       select id, memory_id, model_id, ?::halfvec from piece`,
      [memory.id, id, `[${vector(dimension).join()}]`],
    );
    return id;
  };
  const remove = async (id: number) => {
    await inTransaction(own, () => models.beginRemoval(id));
    while (await inTransaction(own, () => models.removeSome(id)));
    await inTransaction(own, () => models.remove(id));
  };
  const leg = new SemanticLeg({ em: newEm() });
  const find = async (name: string, dimension: number) => {
    const query = { model: identity(name, dimension), vector: Float32Array.from(vector(dimension)) };
    const filter = { userId: person.userId, query: emptyQuery() };
    const { hits } = await leg.findByMeaning(query, filter, { limit: 10 });
    return [hits.length, (await leg.scoreOf([memory.id], query)).size];
  };

  const given = [await add('A', 3), await add('B', 3)];
  expect([await find('A', 3), await find('B', 3)]).toEqual([
    [1, 1],
    [1, 1],
  ]);
  await remove(given[1] ?? 0);
  given.push(await add('C', 5));
  expect(await find('C', 5)).toEqual([1, 1]);
  expect(await find('B', 3)).toEqual([0, 0]);
  given.push(await add('B', 3));
  expect(await find('B', 3)).toEqual([1, 1]);
  expect(new Set(given).size).toBe(4);
  expect(given).toEqual(given.toSorted((a, b) => a - b));
});
