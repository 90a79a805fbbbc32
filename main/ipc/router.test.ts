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
function routerThat(act: () => Promise<never>): Router {
  const handlers: Handlers<Contract> = {
    app: { status: act, report: act, openLogs: act, openLibraryFolder: act, retry: act },
    settings: { get: act, set: act },
  };
  return createRouter({ contract, handlers, inContext: (work) => work(), explain: toLociError, log });
}

/** What each channel takes when all is well; a new channel does not compile without one. */
const goodInputs: Record<(typeof channelNames)[number], unknown> = {
  'settings.set': { 'appearance.theme': 'dark' },
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
    value: { 'appearance.theme': 'dark' },
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
