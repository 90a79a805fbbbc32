import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

let profile: string;
beforeEach(() => {
  profile = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-profile-'));
});
afterEach(() => fs.rmSync(profile, { recursive: true }));

const laptop = { x: 0, y: 0, width: 1440, height: 900 };
const second = { x: 1440, y: 0, width: 1920, height: 1080 };

test('size, place and theme are found again', () => {
  const state = {
    bounds: { x: 5, y: 6, width: 900, height: 600 },
    maximized: true,
    theme: 'dark' as const,
    language: 'de' as const,
    textSize: 125,
    address: '#/tag/019aa4c0-0000-7000-8000-000000000001',
    others: [{ maximized: false, address: '#/pinned' }],
  };
  writeWindowState(profile, state);
  expect(readWindowState(profile)).toEqual(state);
});

test.each([
  '',
  '{',
  '{"bounds":{"x":"left"}}',
  '[]',
  '{"theme":"mauve"}',
  '{"address":"https://example.org"}',
])('a damaged file (%j) means the usual window', (content) => {
  fs.writeFileSync(path.join(profile, 'window.json'), content);
  expect(readWindowState(profile)).toEqual({
    maximized: false,
    theme: 'system',
    language: 'system',
    textSize: 100,
    others: [],
  });
});

test('a window whose screen is gone comes back to the one that is left, no larger than it', () => {
  const onSecond = { x: 1600, y: 100, width: 1800, height: 950 };
  expect(placeWindow(onSecond, [laptop, second], laptop)).toEqual(onSecond);
  expect(placeWindow(onSecond, [laptop], laptop)).toEqual({ x: 0, y: 0, width: 1440, height: 900 });
});

test('a window that peeks out too little to be taken hold of is moved', () => {
  expect(placeWindow({ x: 1380, y: 0, width: 800, height: 600 }, [laptop], laptop)).toEqual({
    x: 320,
    y: 150,
    width: 800,
    height: 600,
  });
  expect(placeWindow({ x: 0, y: -300, width: 800, height: 600 }, [laptop], laptop).y).toBe(150);
});

test('the first window is of the usual size, in the middle', () => {
  expect(placeWindow(undefined, [laptop], laptop)).toEqual({ x: 80, y: 50, width: 1280, height: 800 });
  expect(placeWindow(undefined, [], { x: 0, y: 0, width: 1024, height: 700 })).toMatchObject({
    width: 1024,
    height: 700,
  });
});
