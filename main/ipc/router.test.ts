import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { contract, type Contract } from '../../shared/ipc/contract.ts';
import { channelNames } from '../../shared/ipc/channels.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { defaultSettings } from '../../shared/schemas/settings.ts';
import { toLociError } from '../errors/database-error.ts';
import { LociError } from '../errors/loci-error.ts';
import type { Log } from '../logging/log.ts';
import { appOrigin, isOwnMainFrame } from './origin.ts';
import { createRouter, type Router } from './router.ts';

const logged: { message: string; error: unknown }[] = [];
const log: Log = { info() {}, warn() {}, error: (message, error) => logged.push({ message, error }) };

/** Handlers that do what the test says, behind the real router and the real contract. */
function routerThat(
  act: () => Promise<never>,
  recovered: (error: unknown) => Promise<boolean> = async () => false,
): Router {
  const handlers: unknown = Object.fromEntries(
    Object.entries(contract).map(([feature, operations]) => [
      feature,
      Object.fromEntries(Object.keys(operations).map((verb) => [verb, act])),
    ]),
  );
  return createRouter({
    contract,
    handlers: handlers as Handlers<Contract>,
    inContext: (work) => work(),
    explain: toLociError,
    recovered,
    log,
  });
}

const id = '019aa4c0-0000-7000-8000-000000000001';
const ids = [id];
const one = { id };

/** What each channel takes when all is well; those that are not named take nothing. */
const goodInputs: Readonly<Record<string, unknown>> = {
  'app.openLink': { url: 'https://example.org/' },
  'app.act': { deed: 'newWindow' },
  'app.forgetLinkHost': { host: 'example.org' },
  'app.unsaved': { page: 'one', has: true },
  'audit.list': {},
  'documents.list': {},
  'documents.find': { ids },
  'documents.rename': { id, name: 'Letters' },
  'documents.delete': one,
  'drafts.keep': { of: 'new', memory: { content: 'The garden in' } },
  'drafts.discard': { of: 'change', id },
  'duplicates.list': {},
  'duplicates.find': {},
  'duplicates.ofText': { content: 'The garden in May', title: null },
  'duplicates.keepApart': { ids: [id, '019aa4c0-0000-7000-8000-000000000002'] },
  'embeddings.hurry': { ids },
  'search.query': { text: 'garden' },
  'search.reasons': { text: 'garden', ids },
  'search.explain': { text: 'garden', id },
  'search.related': one,
  'search.relatedReasons': { id, pairs: [{ id, own: { start: 0, end: 9 }, other: { start: 0, end: 9 } }] },
  'jobs.list': {},
  'jobs.get': one,
  'jobs.pause': one,
  'jobs.resume': one,
  'jobs.cancel': one,
  'jobs.retry': one,
  'jobs.forget': {},
  'models.build': { token: id },
  'models.switch': { id: 1 },
  'models.remove': { id: 1 },
  'memories.create': { content: 'The garden in May' },
  'memories.createMany': { memories: [{ content: 'The garden in June' }] },
  'memories.read': { ids },
  'memories.update': { id, version: 1, title: 'Garden' },
  'memories.list': {},
  'memories.count': {},
  'memories.outline': {},
  'memories.summaries': { ids },
  'memories.findSame': { content: 'The garden in May', title: null },
  'memories.trash': { ids },
  'memories.restore': { ids },
  'memories.tag': { ids, names: ['garden'] },
  'memories.untag': { ids, tagIds: ids },
  'memories.setImportance': { ids, importance: 0.9 },
  'memories.setPinned': { ids, pinned: true },
  'memories.moveToSession': { ids, sessionId: null },
  'memories.merge': { id, version: 1, others: [{ id: '019aa4c0-0000-7000-8000-000000000002', version: 3 }] },
  'memories.versions': one,
  'memories.compare': { id, from: 1, to: 2 },
  'memories.restoreVersion': { id, version: 2, number: 1 },
  'memories.purge': { ids },
  'savedSearches.create': { name: 'Recipes', query: 'tag:kitchen' },
  'savedSearches.change': { id, name: 'Cooking' },
  'savedSearches.reorder': { ids },
  'savedSearches.delete': one,
  'sessions.list': {},
  'sessions.find': one,
  'sessions.start': {},
  'sessions.rename': { id, title: 'Holiday' },
  'sessions.end': one,
  'sessions.reopen': one,
  'sessions.delete': one,
  'settings.set': { 'appearance.theme': 'dark' },
  'specializations.list': {},
  'specializations.find': { ids },
  'specializations.create': { name: 'Botany' },
  'specializations.update': { id, version: 1, domain: 'Plants' },
  'specializations.trash': { ids },
  'specializations.restore': { ids },
  'specializations.purge': { ids },
  'specializations.link': { id, memoryIds: ids, role: 'training' },
  'specializations.unlink': { id, memoryIds: ids },
  'specializations.memories': one,
  'specializations.ofMemory': { memoryId: id },
  'specializations.chooseAdapter': { what: 'folder' },
  'specializations.addAdapter': { token: id, keep: 'copy', to: { name: 'Botany' } },
  'specializations.addFound': { tokens: [id], keep: 'reference' },
  'specializations.addedFound': { jobId: id },
  'specializations.inspect': one,
  'specializations.locateAdapter': { id, token: id },
  'specializations.copyAdapter': one,
  'specializations.checkWeights': one,
  'specializations.scanned': { jobId: id },
  'specializations.outline': {},
  'specializations.compare': { ids: [id, '019aa4c0-0000-7000-8000-000000000002'] },
  'specializations.offerDropped': { tokens: [id] },
  'specializations.scanDropped': { token: id },
  'specializations.search': { text: 'base:llama law' },
  'specializations.linkFound': { id, text: 'tag:law', role: 'training' },
  'specializations.suggestMemories': one,
  'specializations.recommend': { text: 'When does a lease end?' },
  'specializations.recipes': one,
  'specializations.saveRecipe': { id, runtime: 'ollama', file: 'Modelfile' },
  'specializations.trainingPreview': { id, format: 'instruction' },
  'specializations.exportTraining': { id, format: 'text' },
  'tags.create': { name: 'garden' },
  'tags.change': { id, name: 'gardens' },
  'tags.merge': { id, intoId: '019aa4c0-0000-7000-8000-000000000002' },
  'tags.delete': one,
  'undo.run': { undoId: id },
  'users.create': { name: 'Work' },
  'users.change': { id, name: 'Family' },
  'users.switch': one,
  'users.remove': { id, confirmation: 'Work' },
};

beforeEach(() => {
  logged.length = 0;
});

describe('every channel', () => {
  const router = routerThat(() =>
    Promise.reject(new Error('secret /home/ada/library: SELECT * FROM memory')),
  );

  test('of the contract has a handler and may pass the preload', () => {
    expect([...router.channels].toSorted()).toEqual([...channelNames].toSorted());
  });

  test.each(channelNames)('%s refuses input that is not its own', async (channel) => {
    for (const input of [
      42,
      'text',
      [],
      { __proto__: null, unknown: 1 },
      { 'appearance.theme': 'mauve' },
      null,
    ]) {
      expect(await router.call(channel, input)).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      });
    }
    expect(logged).toEqual([]);
  });

  test.each(channelNames)('%s answers anything with a failure, never a rejection', async (channel) => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
        async (input) => {
          const result = await router.call(channel, input);
          expect(result).toMatchObject({ ok: false });
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each(channelNames)('%s masks what it did not mean to say, and logs it', async (channel) => {
    const result = await router.call(channel, goodInputs[channel]);
    expect(result).toEqual({
      ok: false,
      error: { code: 'internal', message: 'Something went wrong inside Loci. The log has the details.' },
    });
    expect(logged).toEqual([{ message: 'A call failed unexpectedly', error: expect.any(Error) }]);
  });

  test.each(channelNames)('%s passes on what was meant for the person', async (channel) => {
    const meant = routerThat(() =>
      Promise.reject(new LociError('conflict', 'Changed elsewhere.', { details: { version: 3 } })),
    );
    expect(await meant.call(channel, goodInputs[channel])).toEqual({
      ok: false,
      error: { code: 'conflict', message: 'Changed elsewhere.', details: { version: 3 } },
    });
  });
});

test('a channel nobody knows is refused', async () => {
  const router = routerThat(() => Promise.reject(new Error('never called')));
  for (const channel of ['', 'app', 'app.', 'app.constructor', '__proto__', 'memories.steal']) {
    expect(await router.call(channel, undefined)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
  }
});

test('defaults are filled in before the handler sees them, and the answer comes back as it is', async () => {
  const handlers: Handlers<Contract> = {
    ...({} as Handlers<Contract>),
    app: { ...({} as Handlers<Contract>['app']) },
    settings: {
      get: async () => defaultSettings,
      damaged: async () => [],
      set: async (change) => ({ ...defaultSettings, ...change }),
    },
  };
  const partial = { settings: contract.settings };
  const router = createRouter({
    contract: partial,
    handlers,
    inContext: (work) => work(),
    explain: toLociError,
    log,
  });
  expect(await router.call('settings.set', { 'appearance.theme': 'dark' })).toEqual({
    ok: true,
    value: { ...defaultSettings, 'appearance.theme': 'dark' },
  });
});

describe('when the server goes away under a call', () => {
  const lost = new Error('Connection terminated unexpectedly');
  async function callWhileLost(channel: string, input: unknown, { losses = 1, isBack = true }) {
    let runs = 0;
    const asked: unknown[] = [];
    const act = async (): Promise<never> => {
      if (runs++ < losses) throw lost;
      return 'the answer' as never;
    };
    const router = routerThat(act, async (error) => {
      asked.push(error);
      return isBack;
    });
    return { result: await router.call(channel, input), runs, asked };
  }

  test('a query is asked once more when it is back', async () => {
    const answer = { result: { ok: true, value: 'the answer' }, runs: 2, asked: [lost] };
    expect(await callWhileLost('settings.get', undefined, {})).toEqual(answer);
  });

  test('a query is not asked for ever', async () => {
    const { result, runs } = await callWhileLost('settings.get', undefined, { losses: 9 });
    expect([result, runs]).toMatchObject([{ ok: false, error: { code: 'unavailable' } }, 2]);
  });

  test('a query fails when the server stays away', async () => {
    const { result, runs } = await callWhileLost('settings.get', undefined, { isBack: false });
    expect([result, runs]).toMatchObject([{ ok: false, error: { code: 'unavailable' } }, 1]);
  });

  test('a command is never given twice', async () => {
    const { result, runs, asked } = await callWhileLost('settings.set', {}, {});
    expect([result, runs, asked]).toMatchObject([{ ok: false, error: { code: 'unavailable' } }, 1, []]);
  });
});

test('only the main frame of our own page is answered', () => {
  expect(isOwnMainFrame({ origin: appOrigin, parent: null })).toBe(true);
  const foreign = [
    null,
    { origin: appOrigin, parent: {} },
    { origin: 'app://other', parent: null },
    { origin: 'https://example.org', parent: null },
    { origin: 'null', parent: null },
    { origin: `${appOrigin}.example.org`, parent: null },
  ];
  expect(foreign.map(isOwnMainFrame)).toEqual(foreign.map(() => false));
});
