import { textsNow } from '../../../shared/texts/index.ts';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { tell } from '../../components/toasts.tsx';
import type { MemoryEditing } from './memory-editing.ts';

/** With all that was written in it, and with a way back. */
export async function moveToTrash(editing: MemoryEditing, onMoved: () => void): Promise<void> {
  const texts = textsNow();
  const { id } = editing.view().saved;
  try {
    await editing.flush();
    const { undoId } = await loci.memories.trash({ ids: [id] });
    onMoved();
    if (undoId === null) return;
    tell({
      words: texts.memory.deeds.trashed,
      action: { label: texts.memory.undo, run: () => void undo(undoId) },
    });
  } catch (error) {
    tell({ words: reasonOf(error), tone: 'danger' });
  }
}

export async function restoreFromTrash(id: string): Promise<void> {
  await loci.memories.restore({ ids: [id] });
}

async function undo(undoId: string): Promise<void> {
  try {
    await loci.undo.run({ undoId });
  } catch (error) {
    tell({ words: reasonOf(error), tone: 'danger' });
  }
}

export async function copyText({ title, content }: Pick<MemoryDto, 'title' | 'content'>): Promise<void> {
  const texts = textsNow();
  try {
    await navigator.clipboard.writeText(title === null ? content : `${title}\n\n${content}`);
    tell({ words: texts.memory.deeds.copied });
  } catch {
    tell({ words: texts.memory.deeds.notCopied, tone: 'danger' });
  }
}
