import type { Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { BrowsePage } from '../pages/browse-page.ts';
import { CommandList } from '../pages/command-list.ts';
import { goTo, inEveryForm, take } from './camera.ts';

/** Lists that are no search: of a tag, of a session, in the trash, and what can be done with what is in them. */
export async function takeLists(loci: Loci): Promise<void> {
  const { page } = loci;
  const browse = new BrowsePage(page);
  const show = async (address: string, name: string) => {
    await goTo(loci, address);
    await browse.rows.first().waitFor();
    await inEveryForm(loci, (form) => take(loci, `${name}-${form}`));
  };
  const { tags, sessions } = (await ask(loci, 'overview.read')) as Record<
    'tags' | 'sessions',
    { id: string; name?: string; title?: string }[]
  >;
  const garden = tags.find(({ name }) => name === 'garden')?.id ?? '';
  const plans = sessions.find(({ title }) => title === 'Garden plans')?.id ?? '';

  await show('#/pinned', 'pinned');
  await show(`#/tag/${garden}`, 'tag');
  await show(`#/session/${plans}`, 'session');
  await goTo(loci, '#/sessions');
  await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor();
  await inEveryForm(loci, (form) => take(loci, `sessions-${form}`));

  await goTo(loci, '#/memories');
  await browse.rows.first().waitFor();
  await inEveryForm(loci, async (form) => {
    await browse.openMenuOf(browse.rows.nth(1));
    await take(loci, `memory-menu-${form}`);
    await browse.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  });
  await inEveryForm(loci, async (form) => {
    await browse.list.focus();
    // What the menu was about is chosen, and would be no more.
    await browse.press('Escape');
    await browse.rows.nth(1).click({ modifiers: ['ControlOrMeta'] });
    await browse.press('t');
    await browse.dialog.waitFor();
    await take(loci, `tag-picker-${form}`);
    await browse.press('Escape');
    await browse.dialog.waitFor({ state: 'hidden' });
    await browse.press('Escape', 'Escape');
  });
  await inEveryForm(loci, async (form, isNarrow) => {
    if (!isNarrow) return;
    await browse.button('Show the sidebar').click();
    await browse.sidebar.waitFor();
    await take(loci, `sidebar-${form}`);
    await browse.press('Escape');
  });

  await browse.list.focus();
  await browse.rows.nth(1).click({ modifiers: ['ControlOrMeta'] });
  await browse.rows.nth(4).click({ modifiers: ['Shift'] });
  await browse.press('Delete');
  await browse.news(/^Moved \d+ memories to the trash/).waitFor();
  await inEveryForm(loci, (form) => take(loci, `moved-to-trash-${form}`));
  await show('#/trash', 'trash');
  await inEveryForm(loci, async (form) => {
    await browse.button('Empty trash…').click();
    await browse.dialog.waitFor();
    await take(loci, `trash-emptying-${form}`);
    await browse.press('Escape');
    await browse.dialog.waitFor({ state: 'hidden' });
  });

  const commands = new CommandList(page);
  await inEveryForm(loci, async (form) => {
    await commands.open();
    await take(loci, `commands-${form}`);
    await browse.press('Escape');
    await commands.window.waitFor({ state: 'detached' });
  });
}

/** Of each list that says so, that there is nothing in it. */
export async function takeEmptyLists(loci: Loci): Promise<void> {
  const { page } = loci;
  const { id } = (await ask(loci, 'sessions.start', { title: 'Garden plans' })) as { id: string };
  const { id: tag } = (await ask(loci, 'tags.create', { name: 'garden' })) as { id: string };
  for (const [address, name] of [
    ['#/pinned', 'pinned-none'],
    ['#/trash', 'trash-none'],
    [`#/session/${id}`, 'session-none'],
    [`#/tag/${tag}`, 'tag-none'],
    ['#/sessions', 'sessions-few'],
    ['#/memories?q=roses', 'search-none'],
  ] as const) {
    await goTo(loci, address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (name === 'search-none') await page.getByText('Nothing in your library is about this').waitFor();
    await inEveryForm(loci, (form) => take(loci, `${name}-${form}`));
  }
  await ask(loci, 'tags.delete', { id: tag });
  await goTo(loci, '#/tags');
  await page.getByRole('heading', { level: 1, name: 'Tags' }).waitFor();
  await inEveryForm(loci, (form) => take(loci, `tags-none-${form}`));
}
