import { expect, test } from 'vitest';
import { decode, joined, readFiles, titleOfFile } from './brought-text.ts';
import { acceleratorOf, saidShortcut } from './shortcut-words.ts';

test('text files are read in the letters they were written in, others are left out with the reason', async () => {
  const { files, refusals } = await readFiles([
    new File(['Roses — 🌹'], 'Letter to Ada.md'),
    new File([new Uint8Array([0x43, 0x61, 0x66, 0xe9])], 'old.txt'),
    new File(['<script>'], 'no suffix', { type: 'text/plain' }),
    new File(['x'], 'photo.jpg', { type: 'image/jpeg' }),
    new File(['x'.repeat(2 * 1024 * 1024 + 1)], 'long.txt'),
    new File([' \n\t\n'], 'blank.md'),
    new File([new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0x02, 0x00, 0x00, 0xe9])], 'program.txt'),
  ]);
  expect(files).toEqual([
    { name: 'Letter to Ada.md', text: 'Roses — 🌹' },
    { name: 'old.txt', text: 'Café' },
    { name: 'no suffix', text: '<script>' },
  ]);
  expect(refusals).toEqual([
    '“photo.jpg” is no text file. Loci takes .txt and .md files here.',
    '“long.txt” is larger than the 2 MB that a memory can hold. Divide it into several files.',
    '“blank.md” is empty.',
    '“program.txt” is called a text file, but holds something else.',
  ]);
  expect(decode(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toBe('A');
  expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]))).toBe('A');
  expect(titleOfFile('Letter to Ada.md')).toBe('Letter to Ada');
});

test('what is brought stands below what was there', () => {
  expect(joined('', 'B')).toBe('B');
  expect(joined('A\n', 'B')).toBe('A\n\nB');
});

test('keys are written as they are pressed, and letters alone are no shortcut', () => {
  const keys = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(acceleratorOf({ ...keys, code: 'Space', ctrlKey: true, shiftKey: true })).toBe(
    'CommandOrControl+Shift+Space',
  );
  expect(acceleratorOf({ ...keys, code: 'KeyL', altKey: true })).toBe('Alt+L');
  expect(acceleratorOf({ ...keys, code: 'KeyL' })).toBeUndefined();
  expect(acceleratorOf({ ...keys, code: 'KeyL', shiftKey: true })).toBeUndefined();
  expect(acceleratorOf({ ...keys, code: 'ControlLeft', ctrlKey: true })).toBeUndefined();
  expect(saidShortcut('CommandOrControl+Shift+Space')).toBe('Ctrl+Shift+Space');
});
