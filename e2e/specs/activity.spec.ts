import { expect, test, type Loci } from '../fixtures.ts';
import { ActivityPage } from '../pages/activity-page.ts';
import { ask } from '../pages/ask.ts';
import { behindTheApp } from '../pages/behind-the-app.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';

async function addMemory(loci: Loci, content: string): Promise<string> {
  const created = (await ask(loci, 'memories.create', { content, tags: ['garden'] })) as {
    memory: { id: string };
  };
  return created.memory.id;
}

test('what was done is told in plain words, many at once as one line, and can be looked through by kind', async ({
  launch,
}) => {
  const loci = await launch();
  const activity = new ActivityPage(loci.page);
  await loci.ready();
  await activity.open();
  await expect(activity.lines).toHaveText(['Loci started a session', 'Loci began this library']);

  const ids = [await addMemory(loci, 'One'), await addMemory(loci, 'Two'), await addMemory(loci, 'Three')];
  await ask(loci, 'memories.trash', { ids });
  await ask(loci, 'settings.set', { 'trash.keepDays': 60 });
  await activity.openAnew();
  await expect(activity.lines.nth(0)).toHaveText('You changed how long the trash is kept');
  await expect(activity.lines.nth(1)).toHaveText('You moved 3 memories to the trash');
  await expect(loci.page.getByRole('heading', { name: 'Today' })).toBeVisible();

  await activity.lines.nth(1).click();
  await expect(loci.page.getByText('memory trashed: deleted_at')).toBeVisible();
  await expect(activity.shortIds).toHaveText(ids.map((id) => `…${id.slice(-8)}`).toReversed());

  await activity.filter.selectOption('Tags');
  await expect(activity.lines).toHaveText(['You created a tag']);
  await activity.filter.selectOption('Documents');
  await expect(loci.page.getByText('Nothing was done with a document yet.')).toBeVisible();
  await loci.page.getByRole('button', { name: 'Show everything' }).click();
  await expect(activity.lines.nth(1)).toHaveText('You moved 3 memories to the trash');
});

test('earlier activity is fetched when it is asked for, down to the first day', async ({ launch }) => {
  const loci = await launch();
  const activity = new ActivityPage(loci.page);
  await loci.ready();
  // No two in a row say the same, so that each is a line of its own.
  for (let turn = 0; turn < 110; turn++) {
    await ask(loci, 'settings.set', { 'trash.keepDays': 40 + turn });
    await ask(loci, 'settings.set', { 'sessions.lifetimeDays': 40 + turn });
  }
  await activity.open();
  const more = loci.page.getByRole('button', { name: 'Show earlier activity' });
  const before = await activity.lines.count();
  expect(before).toBeLessThan(222);
  await more.click();
  await expect(activity.lines).toHaveCount(222);
  await expect(loci.page.getByText('There is nothing older.')).toBeFocused();
  await expect(activity.lines.last()).toHaveText('Loci began this library');
});

test('a check finds everything as it was left, and then what was changed behind the app', async ({
  launch,
  dataDir,
}) => {
  const loci = await launch();
  const activity = new ActivityPage(loci.page);
  await loci.ready();
  const altered = await addMemory(loci, 'The valve is behind the shed.');
  const removed = await addMemory(loci, 'The key hangs in the hall.');
  await activity.open();
  await activity.check.getByRole('button', { name: 'Check' }).click();
  await expect(activity.check).toContainText('Everything is as it was left');
  await expect(activity.check).toContainText(/Checked today at \d\d:\d\d: \d+ events and \d+ things/);
  await expectAccessible(loci.page);

  await behindTheApp(dataDir, [
    `update memory set content = 'The valve is in the cellar.' where id = '${altered}'`,
    `delete from memory where id = '${removed}'`,
  ]);
  await activity.check.getByRole('button', { name: 'Check again' }).click();
  await expect(activity.check).toContainText('Something was changed without Loci');
  const findings = activity.check.getByRole('list', { name: 'Changed without Loci' }).getByRole('listitem');
  await expect(findings).toHaveCount(2);
  const finding = (id: string) => findings.filter({ hasText: `…${id.slice(-8)}` });
  await expect(finding(altered)).toContainText('A memory was changed');
  await expect(finding(altered)).toContainText(/Loci last noted it today at \d\d:\d\d: You created a memory/);
  await expect(finding(removed)).toContainText('A memory was removed');
  await expect(activity.check).not.toContainText('cannot be vouched for');
  await expectAccessible(loci.page);

  await behindTheApp(dataDir, [`update audit_event set action = 'exported' where sequence = 4`]);
  await activity.check.getByRole('button', { name: 'Check again' }).click();
  await expect(activity.check).toContainText('Event 4 is not what Loci wrote.');

  // What was found is still known after the page was left.
  await activity.openAnew();
  await expect(activity.check).toContainText('Something was changed without Loci');
});

test('a check that takes its time shows how far it is and can be stopped', async ({ launch, dataDir }) => {
  const loci = await launch();
  const activity = new ActivityPage(loci.page);
  await loci.ready();
  await activity.open();
  // Somebody holds on to the table: the check waits, as it would in a library of millions.
  const release = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const holding = behindTheApp(
    dataDir,
    ['begin', 'lock table audit_event in access exclusive mode'],
    async () => {
      held.resolve();
      await release.promise;
    },
  );
  await held.promise;
  await activity.check.getByRole('button', { name: 'Check' }).click();
  await expect(activity.check.getByRole('progressbar', { name: 'Checking' })).toBeVisible();
  await activity.check.getByRole('button', { name: 'Cancel' }).click();
  release.resolve();
  await holding;
  await expect(activity.check).toContainText('The check was stopped');
  await activity.check.getByRole('button', { name: 'Check again' }).click();
  await expect(activity.check).toContainText('Everything is as it was left');
});

test('activity is accessible', async ({ launch }) => {
  const loci = await launch();
  const activity = new ActivityPage(loci.page);
  await loci.ready();
  await activity.open();
  await activity.lines.first().click();
  await expectAccessible(loci.page);
});
