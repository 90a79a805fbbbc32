import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { restoreFromTrash } from './memory-deeds.ts';
import type { MemoryEditing, SaveState } from './memory-editing.ts';

interface MemoryNoticesProps {
  readonly editing: MemoryEditing;
  readonly saved: MemoryDto;
  readonly save: SaveState;
  readonly onOpen: (id: string) => void;
}

/** What stands between a person and their memory, and the way past it. */
export function MemoryNotices({ editing, saved, save, onOpen }: MemoryNoticesProps) {
  const now = useNow();

  /** What was typed into a memory that is no longer there. */
  async function keepAsNew(): Promise<void> {
    const { content, title, importance, tags } = editing.view().memory;
    const { memory } = await loci.memories.create({
      content,
      title,
      importance,
      tags: tags.map(({ name }) => name),
    });
    await loci.drafts.discard({ of: 'change', id: saved.id });
    onOpen(memory.id);
  }

  switch (save.state) {
    case 'waiting':
      return (
        <Notice tone="quiet" title="Not saved yet">
          <p>{save.reason} What you wrote is kept on this computer, and Loci goes on trying.</p>
          <Actions actions={[{ label: 'Try now', run: () => editing.flush() }]} />
        </Notice>
      );
    case 'refused':
      return (
        <Notice tone="quiet" title="Not saved">
          <p>{save.reason}</p>
        </Notice>
      );
    case 'gone':
      return (
        <Notice tone="danger" title="This memory is no longer where it was">
          <p>{save.reason} What you wrote since is still here.</p>
          <Actions
            actions={[
              ...(saved.deletedAt === null
                ? []
                : [{ label: 'Restore it', primary: true, run: () => restoreFromTrash(saved.id) }]),
              { label: 'Keep what I wrote as a new memory', run: keepAsNew },
            ]}
          />
        </Notice>
      );
    case 'saved':
    case 'saving':
    case 'conflict':
      return saved.deletedAt === null ? null : (
        <Notice tone="quiet" title={`Moved to the trash ${saidMoment(saved.deletedAt, now)}`}>
          <p>It can be read here, and changed again once it is restored.</p>
          <Actions actions={[{ label: 'Restore', run: () => restoreFromTrash(saved.id) }]} />
        </Notice>
      );
  }
}
