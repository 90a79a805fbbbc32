import { p } from '@mikro-orm/core';
import { v7 as uuidV7 } from 'uuid';

/**
 * What every table starts with. Keys are made here, in order of time, so that rows know theirs
 * before they are saved and new ones land at the end of each index.
 *
 * Times are kept to the millisecond: that is what a JavaScript Date holds, and a list that goes on
 * after the last time it has seen must find exactly that time in the table.
 */
export function rowProperties() {
  return {
    id: p
      .uuid()
      .primary()
      .onCreate(() => uuidV7()),
    createdAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date()),
    // A trigger does the same for statements that do not go through the ORM.
    updatedAt: p
      .datetime(3)
      .defaultRaw('now()')
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  };
}
