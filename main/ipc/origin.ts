/** The one origin our pages have. */
export const appOrigin = 'app://loci';

interface Frame {
  readonly origin: string;
  readonly parent: unknown;
}

/** Only the main frame of our own page is answered: not a frame inside it, not a page from elsewhere. */
export function isOwnMainFrame(frame: Frame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === appOrigin;
}
