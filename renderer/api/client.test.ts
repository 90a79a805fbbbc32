import { expect, test } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { WireResult } from '../../shared/ipc/result.ts';
import { createClient } from './client.ts';

function bridgeTo(answer: (channel: string, input: unknown) => Promise<WireResult>): Bridge {
  return { invoke: answer, listen: () => () => undefined, drop: async () => [] };
}

test('a call goes out under the name the contract gives it and resolves to its value', async () => {
  const client = createClient(bridgeTo(async (channel, input) => ({ ok: true, value: { channel, input } })));
  expect(await client.settings.set({ 'appearance.theme': 'dark' })).toEqual({
    channel: 'settings.set',
    input: { 'appearance.theme': 'dark' },
  });
});

test('a refusal arrives with its code, its sentence and its details', async () => {
  const error = { code: 'conflict', message: 'Somebody else changed it.', details: { version: 2 } } as const;
  const client = createClient(bridgeTo(async () => ({ ok: false, error })));
  await expect(client.app.report()).rejects.toMatchObject({ name: 'LociFailure', ...error });
});

test('a door that is shut says so in plain words, not in those of the transport', async () => {
  const client = createClient(
    bridgeTo(() => Promise.reject(new Error("Error invoking remote method 'app.report'"))),
  );
  await expect(client.app.report()).rejects.toMatchObject({
    code: 'internal',
    message: 'Loci did not answer. Close it and start it again; the log says more.',
  });
});
