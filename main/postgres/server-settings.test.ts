import { expect, test } from 'vitest';
import { serverSettings, type Machine } from './server-settings.ts';

const gigabyte = 1024 ** 3;
const laptop: Machine = {
  platform: 'linux',
  totalMemoryBytes: 8 * gigabyte,
  freeMemoryBytes: 4 * gigabyte,
  sharedMemoryBytes: 4 * gigabyte,
  hasPosixSharedMemory: true,
};

function settings(machine: Partial<Machine>, dir = '/run/loci'): Record<string, string> {
  const args = serverSettings({
    machine: { ...laptop, ...machine },
    listening: { by: 'socket', dir, port: 5432 },
    startedWith: 'x',
    throwAway: false,
  });
  return Object.fromEntries(
    args
      .filter((arg) => arg !== '-c')
      .map((arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]),
  );
}

test('memory is taken in proportion to what the machine has', () => {
  const taken = (machine: Partial<Machine>) => {
    const { shared_buffers, maintenance_work_mem } = settings(machine);
    return [shared_buffers, maintenance_work_mem];
  };
  expect(taken({})).toEqual(['128MB', '512MB']);
  expect(taken({ totalMemoryBytes: 2 * gigabyte, freeMemoryBytes: gigabyte })).toEqual(['64MB', '256MB']);
  expect(taken({ totalMemoryBytes: 64 * gigabyte, freeMemoryBytes: 60 * gigabyte })).toEqual([
    '256MB',
    '512MB',
  ]);
  expect(taken({ sharedMemoryBytes: 64 * 1024 ** 2 })).toEqual(['128MB', '64MB']);
});

test("commits go through the drive's cache on every system", () => {
  const method = (platform: NodeJS.Platform) => settings({ platform })['wal_sync_method'];
  expect([method('linux'), method('darwin'), method('win32')]).toEqual([
    undefined,
    'fsync_writethrough',
    'fsync',
  ]);
});

test('a folder with commas and quotes is one folder to the server', () => {
  expect(settings({}, '/tmp/a, "b"')['unix_socket_directories']).toBe('"/tmp/a, ""b"""');
});
