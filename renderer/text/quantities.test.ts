import { expect, test } from 'vitest';
import { formatBytes, formatDuration, formatShare, formatUptime } from './quantities.ts';

test('sizes are said in the unit a person would choose', () => {
  const said = [0, 1, 812, 999, 1000, 9_949, 9_950, 812_345, 999_499, 999_500, 4_700_000, 38_200_000, 5e14];
  expect(said.map(formatBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '812 bytes',
    '999 bytes',
    '1.0 kB',
    '9.9 kB',
    '10 kB',
    '812 kB',
    '999 kB',
    '1.0 MB',
    '4.7 MB',
    '38 MB',
    '500 TB',
  ]);
});

test('uptime counts whole seconds and names days once there are any', () => {
  expect([0, 999, 9_000, 249_000, 3_661_000, 86_400_000, 277_449_000].map(formatUptime)).toEqual([
    '0:00:00',
    '0:00:00',
    '0:00:09',
    '0:04:09',
    '1:01:01',
    '1 day, 0:00:00',
    '3 days, 5:04:09',
  ]);
});

test('a clock that was set back does not make uptime negative', () => {
  expect(formatUptime(-5000)).toBe('0:00:00');
});

test('how long something took is said in seconds', () => {
  expect([207.6, 1000, 1449, 12_300].map(formatDuration)).toEqual([
    '0.21 seconds',
    '1 second',
    '1.4 seconds',
    '12 seconds',
  ]);
});

test('a share that is there is never said to be nothing', () => {
  expect([0, 0.004, 0.01, 0.384, 1].map(formatShare)).toEqual(['0%', '< 1%', '1%', '38%', '100%']);
});
