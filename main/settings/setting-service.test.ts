import { beforeEach, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../shared/schemas/settings.ts';
import { silentLog, type LogFacts } from '../logging/log.ts';
import { openTestLibrary } from '../users/testing.ts';
import { User } from '../users/user.entity.ts';
import { settingHandlers } from './setting-handlers.ts';
import { SettingService } from './setting-service.ts';
import { Setting } from './setting.entity.ts';

const { newEm, audit, users, events, unnoted } = await openTestLibrary();
const userId = users.currentUserId;

let told: Settings[] = [];
let warnings: { message: string; facts: LogFacts | undefined }[] = [];
beforeEach(async () => {
  await newEm().nativeDelete(Setting, {});
  told = [];
  warnings = [];
});

const openSettings = (currentUserId = userId) =>
  new SettingService({
    em: newEm(),
    audit,
    currentUserId: () => currentUserId,
    log: { ...silentLog, warn: (message, facts) => warnings.push({ message, facts }) },
    onChange: (settings) => told.push(settings),
  });

test('a new library has the defaults, without a row for any of them', async () => {
  expect(await openSettings().get()).toEqual(defaultSettings);
  expect(await newEm().count(Setting)).toBe(0);
});

test('what was chosen is still so after the next start, and everyone is told', async () => {
  const chosen = { ...defaultSettings, 'appearance.theme': 'dark' };
  expect(await openSettings().set({ 'appearance.theme': 'dark' })).toEqual(chosen);
  expect(await openSettings().get()).toEqual(chosen);
  expect(told).toEqual([chosen]);
});

test('choosing the same again writes nothing and tells nobody', async () => {
  const settings = openSettings();
  await settings.set({ 'appearance.theme': 'dark' });
  const [before] = await newEm().find(Setting, {});
  await settings.set({ 'appearance.theme': 'dark' });
  await settings.set({});
  await settings.set({ 'appearance.theme': undefined });
  expect(await newEm().find(Setting, {})).toEqual([before]);
  expect(told).toHaveLength(1);
});

test('a changed setting keeps its row and gets a new date', async () => {
  const settings = openSettings();
  await settings.set({ 'appearance.theme': 'dark' });
  await newEm().nativeUpdate(Setting, {}, { createdAt: new Date(0), updatedAt: new Date(0) });
  const before = await newEm().findOneOrFail(Setting, { user: userId });
  await settings.set({ 'appearance.theme': 'light' });
  const after = await newEm().findOneOrFail(Setting, { user: userId });
  expect(after).toMatchObject({ id: before.id, createdAt: before.createdAt, value: 'light' });
  expect(after.updatedAt.getTime()).toBeGreaterThan(0);
});

test('changes at the same moment all arrive', async () => {
  const themes = ['dark', 'light', 'system', 'dark'] as const;
  await Promise.all(themes.map((theme) => openSettings().set({ 'appearance.theme': theme })));
  expect(await newEm().count(Setting)).toBe(1);
});

test('a damaged value counts as not chosen, is logged by its name alone, and can be chosen anew', async () => {
  const damaged = newEm();
  damaged.create(Setting, { user: userId, key: 'appearance.theme', value: 'my secret diary' });
  damaged.create(Setting, { user: userId, key: 'from.a.later.version', value: { a: [1, null, 'x'] } });
  await damaged.flush();
  const settings = openSettings();
  expect(await settings.get()).toEqual(defaultSettings);
  expect(warnings).toEqual([
    { message: 'A setting is damaged; its default is used', facts: { key: 'appearance.theme' } },
  ]);
  expect(await settings.set({ 'appearance.theme': 'light' })).toMatchObject({ 'appearance.theme': 'light' });
  expect(await newEm().find(Setting, { key: 'from.a.later.version' })).toMatchObject([
    { value: { a: [1, null, 'x'] } },
  ]);
});

test('a value of nothing is a choice too', async () => {
  const settings = openSettings();
  expect(await settings.set({ 'trash.keepDays': null })).toMatchObject({ 'trash.keepDays': null });
  expect(await openSettings().get()).toEqual({ ...defaultSettings, 'trash.keepDays': null });
  await settings.set({ 'trash.keepDays': null });
  expect(told).toHaveLength(1);
});

test('each choice is noted, by its name', async () => {
  const before = await events();
  await openSettings().set({ 'sessions.lifetimeDays': 7, 'appearance.theme': 'dark' });
  await openSettings().set({ 'sessions.lifetimeDays': 8, 'appearance.theme': 'dark' });
  expect((await events()).slice(before.length)).toEqual([
    'changed setting appearance.theme',
    'changed setting sessions.lifetimeDays',
  ]);
  const ofSettings = (await unnoted()).filter((key) => key.startsWith('setting'));
  const [theme, lifetime] = await newEm().find(Setting, {}, { orderBy: { key: 'asc' } });
  expect(ofSettings).not.toContain(`setting ${theme?.id}`);
  expect(ofSettings).not.toContain(`setting ${lifetime?.id}`);
});

test('a setting or value that does not exist is refused, and nothing of the change is kept', async () => {
  for (const change of [
    { 'appearance.theme': 'pink' },
    { 'trash.keepDays': 0 },
    { 'sessions.lifetimeDays': null },
    { 'appearance.theme': 'dark', other: 1 },
  ]) {
    // @ts-expect-error what the page could send if it were not ours
    await expect(openSettings().set(change)).rejects.toMatchObject({ code: 'invalid_input' });
  }
  expect(await newEm().count(Setting)).toBe(0);
});

test('each person has settings of their own, and they go with the person', async () => {
  const fork = newEm();
  const other = fork.create(User, { name: 'Work', email: null });
  await fork.flush();
  await openSettings().set({ 'appearance.theme': 'dark' });
  await openSettings(other.id).set({ 'appearance.theme': 'light' });
  expect(await settingHandlers(openSettings()).get(undefined)).toMatchObject({ 'appearance.theme': 'dark' });
  expect(await settingHandlers(openSettings(other.id)).set({})).toMatchObject({
    'appearance.theme': 'light',
  });
  await newEm().nativeDelete(User, { id: other.id });
  expect(await newEm().find(Setting, {})).toMatchObject([{ user: userId, value: 'dark' }]);
});

test('what one person chose is not told to whoever has taken over since', async () => {
  let current = userId;
  const settings = new SettingService({
    em: newEm(),
    audit,
    currentUserId: () => current,
    log: silentLog,
    onChange: (each) => told.push(each),
  });
  const other = await users.create({ name: 'Grace', email: null, session: {} });
  const choosing = settings.set({ 'appearance.theme': 'dark' });
  current = other.id;
  expect(await choosing).toMatchObject({ 'appearance.theme': 'dark' });
  expect(told).toEqual([]);
  expect(await settings.get()).toEqual(defaultSettings);
  expect(await settings.getOf(userId)).toMatchObject({ 'appearance.theme': 'dark' });
});
