/**
 * One of the others, in a process of its own, so that none waits for the collector of another: told to make its
 * index, then asked, and measured here, where no message is in between.
 */
import fs from 'node:fs';

const peers = {
  lancedb: () => import('./lancedb.mjs'),
  sqlite: () => import('./sqlite.mjs'),
  pglite: () => import('./pglite.mjs'),
  orama: () => import('./orama.mjs'),
};

let peer;

const doing = {
  /** @returns {Promise<Record<string, number>>} seconds, by what they were needed for */
  async make({ name, dir, textsFile, vectorsFile, dimension }) {
    fs.mkdirSync(dir, { recursive: true });
    const texts = JSON.parse(fs.readFileSync(textsFile, 'utf8'));
    const numbers = new Float32Array(new Uint8Array(fs.readFileSync(vectorsFile)).buffer);
    const vectorOf = (place) => numbers.subarray(place * dimension, (place + 1) * dimension);
    const { open } = await peers[name]();
    const seconds = {};
    const timed = async (what, work) => {
      const start = performance.now();
      const result = await work();
      seconds[what] = (performance.now() - start) / 1000;
      return result;
    };
    peer = await open({ dir, texts, vectorOf, dimension, timed });
    return seconds;
  },

  /** @returns {Promise<{ ms: number[], found: number[][] }>} of each query how long it took and the places of the texts */
  async ask({ mode, queries, limit }) {
    const ms = [];
    const found = [];
    for (const { text, vector } of queries) {
      const query = { text, vector: Float32Array.from(vector), limit };
      const start = performance.now();
      const hits = await peer[mode](query);
      ms.push(performance.now() - start);
      found.push(hits);
    }
    return { ms, found };
  },

  async close() {
    await peer?.close?.();
  },
};

process.on('message', async ({ id, kind, ...rest }) => {
  try {
    process.send({ id, value: await doing[kind](rest) });
    if (kind === 'close') process.disconnect();
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
  }
});
