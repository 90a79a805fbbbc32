import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';

/** What is told about the newest version: a file of JSON, and beside it its signature. */
const feedSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/),
  releasedAt: z.iso.datetime(),
  files: z
    .array(
      z.strictObject({
        // A plain name: it lies beside the feed, and nowhere else.
        name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,120}$/),
        sha512: z.base64().length(88),
        bytes: z.int().positive().max(2_000_000_000),
      }),
    )
    .min(1)
    .max(20),
});
export type Feed = z.infer<typeof feedSchema>;

/** Where a package looks and whose word it takes; written beside the app while packaging. */
export const updateSourceSchema = z.object({
  url: z.url({ protocol: /^https?$/ }).refine(isSafe, 'only https, or this very machine'),
  /** Ed25519, the 32 bytes in base64. */
  publicKey: z.base64().length(44),
});
export type UpdateSource = z.infer<typeof updateSourceSchema>;

export const feedName = (platform: string, arch: string) => `latest-${platform}-${arch}.json`;

/** Goes before what is signed, so that a signature can never serve for anything else. */
const purpose = 'Loci update feed 1\n';

export const signedBytes = (text: string) => Buffer.from(purpose + text, 'utf8');

/** The feed did not come from whoever made this package, or is not what they would write. */
export class NotGenuineError extends Error {
  override readonly name = 'NotGenuineError';
}

/** Nothing of an unsigned feed is read, not even its version. */
export function readFeed(text: string, signature: string, publicKey: string): Feed {
  if (!isSignedBy(text, signature, publicKey))
    throw new NotGenuineError('The feed is not signed by our key.');
  const { success, data } = feedSchema.safeParse(parsed(text));
  if (!success) throw new NotGenuineError('The feed is signed, and does not say what it should.');
  return data;
}

function isSignedBy(text: string, signature: string, publicKey: string): boolean {
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') },
    format: 'jwk',
  });
  return verify(null, signedBytes(text), key, Buffer.from(signature.trim(), 'base64'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || ['127.0.0.1', '[::1]'].includes(hostname);
}
