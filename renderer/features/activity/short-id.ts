/** The end of a key: its beginning is the time, and nearly the same for all that were made together. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;
