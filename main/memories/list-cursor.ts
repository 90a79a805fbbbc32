import { z } from 'zod';
import { id } from '../../shared/schemas/id.ts';
import { instant } from '../../shared/schemas/instant.ts';
import { invalidInput } from '../errors/loci-error.ts';

/** The last memory of a page, in the order of its list. */
export interface ListEnd {
  readonly time: string;
  readonly id: string;
}

const cursorContent = z.tuple([z.enum(['list', 'trash']), instant, id]);

/** Only main knows what it says; the trash is in another order, hence its cursors are of another kind. */
export function writeCursor(
  last: { readonly id: string; readonly occurredAt: string; readonly deletedAt: string | null },
  trashed: boolean,
): string {
  const content = [trashed ? 'trash' : 'list', trashed ? last.deletedAt : last.occurredAt, last.id];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

export function readCursor(cursor: string, trashed: boolean): ListEnd {
  const read = cursorContent.safeParse(parsed(Buffer.from(cursor, 'base64url').toString()));
  if (!read.success || (read.data[0] === 'trash') !== trashed) {
    throw invalidInput('cursor', (texts) => texts.failures.memory.notThePage);
  }
  const [, time, lastId] = read.data;
  return { time, id: lastId };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
