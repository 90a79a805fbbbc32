import { create, insertMultiple, search } from '@orama/orama';

/** Its default of 0.8 finds next to nothing with this model. */
const similarity = 0.3;

/** Its own hybrid, in memory. */
export async function open({ texts, vectorOf, dimension, timed }) {
  const db = create({ schema: { text: 'string', vector: `vector[${dimension}]` } });
  await timed('load', () =>
    insertMultiple(
      db,
      texts.map((text, place) => ({ id: String(place), text, vector: Array.from(vectorOf(place)) })),
      5_000,
    ),
  );
  const ask = async (options) => {
    const { hits } = await search(db, { similarity, includeVectors: false, ...options });
    return hits.map(({ id }) => Number(id));
  };
  const near = (vector) => ({ vector: { value: Array.from(vector), property: 'vector' } });
  return {
    vector: ({ vector, limit }) => ask({ mode: 'vector', ...near(vector), limit }),
    words: ({ text, limit }) => ask({ mode: 'fulltext', term: text, limit }),
    hybrid: ({ text, vector, limit }) => ask({ mode: 'hybrid', term: text, ...near(vector), limit }),
  };
}
