import { expect, test, type Loci } from '../fixtures.ts';
import { ask } from '../pages/ask.ts';
import { expectAccessible } from '../pages/expect-accessible.ts';
import { PeoplePage } from '../pages/people-page.ts';

const usersOf = async (loci: Loci) => {
  const users = (await ask(loci, 'users.list')) as { name: string; current: boolean }[];
  return users.map(({ name, current }) => (current ? `${name} (in use)` : name));
};

test('a second person is added, has a library of their own, and is who comes back after a restart', async ({
  launch,
}) => {
  const loci = await launch();
  const people = new PeoplePage(loci.page);
  await loci.ready();
  await ask(loci, 'memories.create', { content: 'The valve of the drip line is behind the shed.' });
  await expect(people.switcher).toHaveText('Me');
  await people.open();
  await expect(people.person('Me')).toContainText('1 memory');

  await people.add('Work', 'work@example.org');
  await expect(people.addButton).toBeFocused();
  await expect(people.person('Work')).toContainText('work@example.org');
  await expect(people.person('Work')).toContainText('No memories yet');
  expect(await usersOf(loci)).toEqual(['Me (in use)', 'Work']);

  // On another page: all of it is the other person's at once.
  await loci.page.getByRole('link', { name: 'All memories' }).click();
  await expect(loci.page.getByRole('option', { name: /The valve/ })).toBeVisible();
  await people.chooseFromSwitcher('Work');
  await expect(people.switcher).toHaveText('Work');
  await expect(loci.page.getByText('Your library is ready')).toBeVisible();
  await expect(loci.page.getByRole('option')).toBeHidden();
  await loci.page.getByRole('link', { name: 'Activity' }).click();
  await expect(loci.page.getByText('You began this library')).toBeVisible();
  await people.chooseFromSwitcher('Me');
  await expect(loci.page.getByText('You created a memory')).toBeVisible();
  await people.chooseFromSwitcher('Work');
  await expect(loci.page.getByText('You created a memory')).toBeHidden();
  await loci.quit();

  const again = await launch();
  await expect(new PeoplePage(again.page).switcher).toHaveText('Work');
});

test('an e-mail address that is taken is said at its field, and what was typed stays', async ({ launch }) => {
  const loci = await launch();
  const people = new PeoplePage(loci.page);
  await loci.ready();
  await people.open();
  await people.add('Work', 'us@example.org');

  await people.addButton.click();
  await expect(people.field('Name')).toBeFocused();
  await people.button('Add person').click();
  await expect(people.field('Name')).toHaveAccessibleDescription('Every person needs a name.');
  await people.field('Name').fill('Family');
  await people.field('E-mail address').fill('US@example.org');
  await people.button('Add person').click();
  const email = people.field('E-mail address');
  await expect(email).toHaveAccessibleDescription('Somebody else here has this e-mail address already.');
  await expect(email).toBeFocused();
  await expect(email).toHaveValue('US@example.org');
  await expectAccessible(loci.page);
  await email.fill('family@example.org');
  await people.button('Add person').click();
  await expect(people.person('Family')).toContainText('family@example.org');
});

test('a person is renamed in place, by keyboard alone', async ({ launch }) => {
  const loci = await launch();
  const people = new PeoplePage(loci.page);
  const { keyboard } = loci.page;
  await loci.ready();
  await people.switcher.focus();
  await keyboard.press('ArrowDown');
  await expect(loci.page.getByRole('menuitemradio', { name: 'Me' })).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('Enter');
  await expect(loci.page.getByRole('heading', { level: 1 })).toHaveText('People');

  const rename = people.person('Me').getByRole('button', { name: /^Rename Me/ });
  await rename.press('Enter');
  await expect(people.field('Name')).toBeFocused();
  await keyboard.type('Somebody else');
  await keyboard.press('Escape');
  await expect(rename).toBeFocused();
  await keyboard.press('Enter');
  await keyboard.type('Ada');
  await keyboard.press('Enter');
  await expect(people.person('Ada').getByRole('button', { name: /^Rename Ada/ })).toBeFocused();
  await expect(people.switcher).toHaveText('Ada');

  await people.switcher.press('Enter');
  await keyboard.press('Escape');
  await expect(people.switcher).toBeFocused();
});

test('nobody is removed before their exact name was typed, and never the last', async ({ launch }) => {
  const loci = await launch();
  const people = new PeoplePage(loci.page);
  await loci.ready();
  await ask(loci, 'memories.create', { content: 'One' });
  await ask(loci, 'memories.create', { content: 'Two' });
  await people.open();
  await expect(people.button('Remove Me')).toBeDisabled();
  await expect(people.button('Remove Me')).toHaveAccessibleDescription(/^The only person cannot be removed/);

  await people.add('Work');
  await people.button('Remove Me').click();
  await expect(people.dialog).toContainText('2 memories');
  await expect(people.removal).toHaveText('Remove Me and 2 memories for good');
  for (const typed of ['', 'M', 'me', 'Work']) {
    await people.field('To confirm').fill(typed);
    await expect(people.removal).toBeDisabled();
    await people.field('To confirm').press('Enter');
  }
  expect(await usersOf(loci)).toEqual(['Me (in use)', 'Work']);
  await expectAccessible(loci.page);
  await people.button('Keep Me').click();
  await expect(people.button('Remove Me')).toBeFocused();

  await people.button('Remove Me').click();
  await people.field('To confirm').fill('Me');
  await people.removal.click();
  await expect(people.person('Me')).toBeHidden();
  await expect(people.switcher).toHaveText('Work');
  await expect(people.button('Remove Work')).toBeDisabled();
  expect(await usersOf(loci)).toEqual(['Work (in use)']);
});

test('people and their menu are accessible', async ({ launch }) => {
  const loci = await launch();
  const people = new PeoplePage(loci.page);
  await loci.ready();
  await people.open();
  await people.add('Work');
  // The settings are each person's own.
  await expectAccessible(loci.page);
  await people.switcher.press('Enter');
  await expect(loci.page.getByRole('menuitemradio', { name: 'Me' })).toBeFocused();
  await expectAccessible(loci.page);
});

test('how long things are kept is a matter of each person, saved on purpose', async ({ launch }) => {
  const loci = await launch();
  const people = new PeoplePage(loci.page);
  await loci.ready();
  await loci.page.getByRole('link', { name: 'Settings' }).click();
  const days = loci.page.getByLabel('Days in the trash');
  await expect(days).toHaveValue('30');
  await days.fill('0');
  await expect(days).toHaveAccessibleDescription('Choose a whole number of days, from 1 to 3,650.');
  await expect(loci.page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await days.fill('7');
  await expect(days).toHaveAccessibleDescription(/more than 7 days is gone for good/);
  await days.press('Enter');
  await expect(loci.page.getByRole('button', { name: 'Save' })).toBeHidden();
  await loci.page.getByLabel('End after').fill('3');
  await loci.page.getByLabel('End after').press('Enter');
  await expect
    .poll(() => loci.call('settings.get'))
    .toMatchObject({ value: { 'trash.keepDays': 7, 'sessions.lifetimeDays': 3 } });
  await loci.page.getByLabel('Keep for ever').check();
  await loci.page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => loci.call('settings.get')).toMatchObject({ value: { 'trash.keepDays': null } });

  await people.open();
  await people.add('Work');
  await people.chooseFromSwitcher('Work');
  await loci.page.getByRole('link', { name: 'Settings' }).click();
  await expect(days).toHaveValue('30');
  await expect(loci.page.getByLabel('Keep for ever')).not.toBeChecked();
});
