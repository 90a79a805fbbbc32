import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NotGenuineError, readFeed, signedBytes, updateSourceSchema } from './feed.ts';

const feed = {
  version: '1.2.0',
  releasedAt: '2026-12-01T08:00:00.000Z',
  files: [{ name: 'loci_1.2.0_amd64.deb', sha512: Buffer.alloc(64, 7).toString('base64'), bytes: 1000 }],
};
const text = JSON.stringify(feed);

function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey: Buffer.from(x, 'base64url').toString('base64') };
}

const ours = makeKey();
const signed = (what: string, by = ours) => sign(null, signedBytes(what), by.privateKey).toString('base64');

test('a feed that our key has signed is read', () => {
  expect(readFeed(text, `${signed(text)}\n`, ours.publicKey)).toEqual(feed);
});

describe('an update is refused', () => {
  const cases: Record<string, [text: string, signature: string]> = {
    'when one character of the feed has changed': [text.replace('1.2.0', '1.3.0'), signed(text)],
    'when somebody else has signed it': [text, signed(text, makeKey())],
    'without a signature': [text, ''],
    'with a damaged signature': [text, signed(text).replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
    'when what was signed was meant for something else': [
      text,
      sign(null, Buffer.from(text), ours.privateKey).toString('base64'),
    ],
  };
  for (const [when, [what, signature]] of Object.entries(cases))
    test(when, () => {
      expect(() => readFeed(what, signature, ours.publicKey)).toThrow(NotGenuineError);
    });

  test.each([
    ['no JSON', 'latest: 1.2.0'],
    [
      'a file somewhere else',
      JSON.stringify({ ...feed, files: [{ ...feed.files[0], name: '../other.deb' }] }),
    ],
    [
      'a file on another host',
      JSON.stringify({ ...feed, files: [{ ...feed.files[0], name: 'https://x.example/a' }] }),
    ],
    ['no file', JSON.stringify({ ...feed, files: [] })],
    ['a version that is none', JSON.stringify({ ...feed, version: 'newest' })],
  ])('when the signed feed holds %s', (_what, other) => {
    expect(() => readFeed(other, signed(other), ours.publicKey)).toThrow(NotGenuineError);
  });
});

test('a package looks only where nobody on the way can answer instead', () => {
  const allowed = (url: string) => updateSourceSchema.safeParse({ url, publicKey: ours.publicKey }).success;
  expect(allowed('https://updates.example.org/loci')).toBe(true);
  expect(allowed('http://127.0.0.1:8080')).toBe(true);
  expect(allowed('http://updates.example.org/loci')).toBe(false);
  expect(allowed('http://127.0.0.1.example.org/')).toBe(false);
  expect(allowed('file:///tmp/updates')).toBe(false);
});
