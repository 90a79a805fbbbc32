import fs from 'node:fs';
import path from 'node:path';
import { root } from '../scripts/places.mjs';
import type { Loci } from './fixtures.ts';
import { ask } from './pages/ask.ts';

const hourMs = 3_600_000;

/** By words that stand in a note: what a person would have put it under. */
const tagsByWord: Readonly<Record<string, RegExp>> = {
  garden: /garlic|tomato|roses|compost|lawn|ivy|figs|bees|Elderflower|jam/i,
  house: /boiler|paint|window|washing|attic|sofa|wall|curtains|shower|keys?\b|meter|wifi/i,
  people: /birthday|Anna|Jonas|Lena|Tom|Eva|Clara|Nina|Ravi|Sarah|Kim|Oliver|Max|Granny|Grandma/,
  health: /dentist|blood|knee|painkillers|allergic|shot|doctor/i,
  travel: /hotel|flight|train|ferry|ski|hut|Naples|passport|Siberian|tent/i,
  kitchen: /soup|sourdough|recipe|pizza|dal|bakery|freezer|wine/i,
  music: /choir|guitar|piano|band|concert|requiem/i,
};
const colours: Readonly<Record<string, string>> = {
  garden: 'green',
  house: 'orange',
  people: 'blue',
  health: 'red',
};

const valve = `The irrigation valve for the vegetable beds is **behind the shed**, under the grey lid. Turn it a *quarter* to the left; more and the pressure takes the drip line off.

## What to do in spring

1. Open the valve slowly
2. Check the drip line for leaks
3. Set the timer to 06:30

- [x] Replace the washer
- [ ] Order a spare valve, \`DN15\`

> Uncle Tomas said that the old brass one lasted thirty years.

| Bed | Litres | Minutes |
| --- | ---: | ---: |
| Tomatoes | 24 | 18 |
| Beans | 11 | 8 |
`;

/** Two years of an ordinary life. Answers with the memory to look at. */
export async function fillWithLife(loci: Loci): Promise<{ id: string }> {
  const notes = fs
    .readFileSync(path.join(root, 'bench', 'everyday-notes.tsv'), 'utf8')
    .split('\n')
    .flatMap((line) => line.split('\t')[0] || []);
  const now = Date.now();
  for (const [index, content] of notes.entries()) {
    const tags = Object.keys(tagsByWord).filter((tag) => tagsByWord[tag]?.test(content));
    // A few a week, more of them lately.
    const occurredAt = new Date(now - (index * 9 + ((index * 37) % 7)) ** 1.35 * hourMs);
    const importance = [0.5, 0.5, 0.75, 0.5, 0.25, 0.5, 1][index % 7];
    await ask(loci, 'memories.create', {
      content,
      tags,
      importance,
      occurredAt: occurredAt.toISOString(),
      pinned: index % 23 === 4,
    });
  }
  for (const { id, name } of (await ask(loci, 'tags.list')) as { id: string; name: string }[])
    if (colours[name]) await ask(loci, 'tags.change', { id, colour: colours[name] });
  const session = (await ask(loci, 'sessions.start', { title: 'Garden plans' })) as { id: string };
  const { memory } = (await ask(loci, 'memories.create', {
    title: 'Irrigation valve',
    content: valve.replace('quarter', 'half'),
    tags: ['garden', 'house'],
    importance: 0.75,
    sessionId: session.id,
  })) as { memory: { id: string; version: number } };
  await ask(loci, 'memories.update', { id: memory.id, version: memory.version, content: valve });
  return memory;
}

const noted = [
  {
    content:
      'The plumber repaired the boiler on Monday and charged 85 pounds. The kitchen is dry again, and the heating works.',
    tags: ['house'],
    daysAgo: 260,
  },
  {
    title: 'Boiler repaired',
    content:
      'The plumber repaired the old boiler on Monday and charged 85 pounds. The kitchen is dry again and the heating works!',
    tags: ['house', 'bills'],
    importance: 0.75,
    daysAgo: 12,
  },
  {
    title: 'Walk to the harbour',
    content:
      'We walked from the station to the harbour, where the boats were being painted for the season. At noon there was soup with bread, and afterwards the museum of clocks, which was nearly empty. The guide knew each of them by name.\n\nIn the evening we sat by the window and counted the lights on the other side of the bay. Nobody wanted to go home, and so we took the last train, which was late as always.',
    tags: ['travel'],
    daysAgo: 80,
  },
  {
    title: 'Walk to the harbour and back',
    content:
      'We walked from the station to the harbour, where the boats were being painted for the summer. At noon there was soup with bread, and afterwards the museum of clocks, which was nearly empty. The guide had forgotten his keys.\n\nIn the evening we sat by the window and counted the lights on the other side of the bay. Nobody wanted to go home, so we took the last train, which was late as always.',
    tags: ['travel', 'people'],
    daysAgo: 78,
  },
  ...[500, 90, 3].map((daysAgo) => ({
    content: 'The spare key of the cellar hangs behind the blue jacket in the hall.',
    tags: ['house'],
    daysAgo,
  })),
];

/** What gathers in the course of time: the same written down again, and notes that were copied and changed. */
export async function addLookAlikes(loci: Loci): Promise<void> {
  for (const { daysAgo, ...memory } of noted)
    await ask(loci, 'memories.create', {
      ...memory,
      occurredAt: new Date(Date.now() - daysAgo * 24 * hourMs).toISOString(),
    });
}
