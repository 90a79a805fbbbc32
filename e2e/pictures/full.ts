import fs from 'node:fs';
import path from 'node:path';
import type { Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { MemoryPage } from '../pages/memory-page.ts';
import { SearchPage } from '../pages/search-page.ts';
import { root } from '../../scripts/places.mjs';
import { goTo, inEveryForm, take } from './camera.ts';

const many = 100_000;
const manyTags = 400;

/** What no layout is drawn for: long words, every script, a text as long as one can be, and more tags than anyone needs. */
const unruly = [
  {
    title: `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft${'x'.repeat(200)}`,
    content: `https://example.org/${'a-very-long-address-without-a-gap/'.repeat(12)}\n\n${'unbroken'.repeat(80)}\n\n\`${'code'.repeat(90)}\`\n\n| ${'wide | '.repeat(30)}\n| ${'--- | '.repeat(30)}\n| ${'cell | '.repeat(30)}`,
    tags: Array.from({ length: 50 }, (_, at) => `tag number ${at + 1}`),
  },
  {
    title: 'مذكرات الحديقة',
    content:
      'زرعتُ الثوم في العشرين من أكتوبر بين الورود والسياج. يُحصَد حين تصفرّ نصف الأوراق.\n\nהשסתום נמצא מאחורי הסככה, מתחת למכסה האפור.',
    tags: ['حديقة'],
  },
  {
    title: null,
    content:
      '👩🏽‍🌾🌱 庭のにんにくは十月二十日に植えました。葉の半分が黄色くなったら収穫します。🧄🧄🧄 花园里的大蒜在十月种下。 Z̷̢a̶̧l̵g̴o̷ and ﷽.',
    tags: ['庭', '🌿'],
  },
];

/** A library of a hundred thousand, most of it still to be read for its meaning. */
export async function takeFull(loci: Loci): Promise<void> {
  const { page } = loci;
  const search = new SearchPage(page);
  const memory = new MemoryPage(loci);
  const notes = fs
    .readFileSync(path.join(root, 'bench', 'everyday-notes.tsv'), 'utf8')
    .split('\n')
    .flatMap((line) => line.split('\t')[0] || []);
  const quoted = notes.map((note) => `'${note.replaceAll("'", "''")}'`).join(',');
  await behindTheApp(loci.dataDir, [
    `insert into memory (id, user_id, content, content_hash, source, importance, occurred_at)
     select uuid_v7(), u.id, texts[1 + n % ${notes.length}] || ' (' || n || ')', sha256(n::text::bytea), 'note',
       (n % 5) / 4.0, now() - n * interval '37 minutes'
     from generate_series(1, ${many}) n, (select id from app_user limit 1) u,
       (select array[${quoted}] as texts) t`,
  ]);
  for (let at = 1; at <= manyTags; at++) await ask(loci, 'tags.create', { name: `tag number ${at}` });
  for (let at = 1; at <= 60; at++)
    await ask(loci, 'sessions.start', { title: `Session number ${at} about this and that` });
  for (let at = 1; at <= 30; at++)
    await ask(loci, 'savedSearches.create', {
      name: `What I look for often, number ${at}`,
      query: `boiler ${at}`,
    });
  const ids: string[] = [];
  for (const each of unruly) ids.push((await memory.create(each)).id);
  ids.push((await memory.create({ content: `${notes.join('\n\n')}\n\n`.repeat(150) })).id);
  await search.link('All memories').getByText('100,004').waitFor();

  await goTo(loci, '#/memories');
  await search.rows.nth(3).waitFor();
  await inEveryForm(loci, (form) => take(loci, `full-memories-${form}`));
  for (const [at, name] of ['long-words', 'right-to-left', 'scripts', 'long-text'].entries()) {
    await memory.open(ids[at] ?? '');
    await inEveryForm(loci, async (form) => {
      await memory.button('Edit').waitFor();
      await take(loci, `full-${name}-${form}`);
    });
  }
  await goTo(loci, '#/memories');
  await inEveryForm(loci, async (form) => {
    await search.list.focus();
    await search.press('ControlOrMeta+a');
    await search.bulkBar.waitFor();
    await take(loci, `full-chosen-${form}`);
    await search.press('t');
    await search.dialog.waitFor();
    await take(loci, `full-tag-picker-${form}`);
    await search.press('Escape');
    await search.dialog.waitFor({ state: 'hidden' });
    await search.press('Escape', 'Escape');
  });
  await search.search('boiler plumber ');
  await search.hits.first().waitFor();
  await inEveryForm(loci, (form) => take(loci, `full-search-${form}`));
  for (const kind of ['tags', 'sessions']) {
    await goTo(loci, `#/${kind}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await inEveryForm(loci, (form) => take(loci, `full-${kind}-${form}`));
  }
  await goTo(loci, '#/memories');
  await inEveryForm(loci, async (form, isNarrow) => {
    if (isNarrow) await search.button('Show the sidebar').click();
    await search.sidebar.getByRole('button', { name: /^What is going on/ }).click();
    await page.locator('.jobs').waitFor();
    await take(loci, `full-going-on-${form}`);
    await search.press('Escape', 'Escape');
  });
}
