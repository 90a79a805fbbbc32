import { z } from 'zod';

/** A link may bring a page of text, not a library. */
export const maxLinkTextLength = 100_000;

/** As much as a memory can hold. */
export const mostFileBytes = 2 * 1024 * 1024;

/** A file that was dropped on the app's icon, or opened with Loci. Null: it could not be read. */
export const handedFile = z.object({ name: z.string(), bytes: z.instanceof(Uint8Array).nullable() });
export type HandedFile = z.infer<typeof handedFile>;

/** Why the place for a new memory was opened, as far as it brings something with it. */
export const captureOpening = z.object({
  /** Counts the openings, so that each is seen once. */
  number: z.int(),
  /** What lay on the clipboard, where the person wants that. */
  clipboard: z.string().nullable(),
  /** What a `loci://` link wants to add; it is the person who does. */
  fromLink: z.string().nullable(),
});
export type CaptureOpening = z.infer<typeof captureOpening>;

/** What has become of the shortcut that works in every program. */
export const captureShortcut = z.object({
  accelerator: z.string().nullable(),
  state: z.enum(['working', 'taken', 'unknown', 'off']),
});
export type CaptureShortcut = z.infer<typeof captureShortcut>;
