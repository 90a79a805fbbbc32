import type { Handlers } from '../../shared/ipc/define.ts';
import type { undoOperations } from '../../shared/ipc/operations/undo.ts';
import type { UndoStack } from './undo-stack.ts';

export function undoHandlers(undo: UndoStack): Handlers<{ undo: typeof undoOperations }>['undo'] {
  return {
    run: async ({ undoId }) => {
      const { notUndone } = await undo.run(undoId);
      return { notUndone };
    },
  };
}
