import type { Handlers } from '../../shared/ipc/define.ts';
import type { draftOperations } from '../../shared/ipc/operations/drafts.ts';
import type { DraftStore } from './draft-store.ts';

export function draftHandlers(drafts: DraftStore): Handlers<{ drafts: typeof draftOperations }>['drafts'] {
  return {
    list: () => drafts.list(),
    keep: async (draft) => {
      await drafts.keep(draft);
      return undefined;
    },
    discard: async (name) => {
      await drafts.discard(name);
      return undefined;
    },
  };
}
