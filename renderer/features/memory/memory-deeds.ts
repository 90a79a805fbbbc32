import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { tell } from '../../components/toasts.tsx';
import { attempt, offerUndo } from '../undo/undo.ts';
import type { MemoryEditing } from './memory-editing.ts';

/** With all that was written in it, and with a way back. */
export async function moveToTrash(editing: MemoryEditing, onMoved: () => void): Promise<void> {
  const { id } = editing.view().saved;
  const moved = await attempt(async () => {
    await editing.flush();
    return loci.memories.trash({ ids: [id] });
  });
  if (!moved) return;
  onMoved();
  if (moved.undoId !== null) offerUndo((texts) => texts.browse.done.trash(1), [moved.undoId]);
}

export async function restoreFromTrash(id: string): Promise<void> {
  const { undoId } = await loci.memories.restore({ ids: [id] });
  if (undoId !== null) offerUndo((texts) => texts.browse.done.restore(1), [undoId]);
}

export async function copyText({ title, content }: Pick<MemoryDto, 'title' | 'content'>): Promise<void> {
  try {
    await navigator.clipboard.writeText(title === null ? content : `${title}\n\n${content}`);
    tell({ words: (texts) => texts.memory.deeds.copied });
  } catch {
    tell({ words: (texts) => texts.memory.deeds.notCopied, tone: 'danger' });
  }
}
