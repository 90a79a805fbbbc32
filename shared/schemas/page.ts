import { z } from 'zod';
import { id } from './id.ts';
import { instant } from './instant.ts';

/** The last of a page of a list, newest first; the next page begins after it. */
export const pageCursor = z.strictObject({ time: instant, id });
export type PageCursor = z.infer<typeof pageCursor>;

export const pageRequest = z.strictObject({
  cursor: pageCursor.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type PageRequest = z.output<typeof pageRequest>;

/** From one row more than asked for: that tells whether there is a next page. */
export function toPage<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  timeOf: (row: Row) => string,
): { items: Row[]; nextCursor: PageCursor | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? { time: timeOf(last), id: last.id } : null };
}
