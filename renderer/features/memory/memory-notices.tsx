import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { loci } from '../../api/loci.ts';
import { Actions } from '../../components/actions.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { saidMoment } from '../../text/days.ts';
import { useTexts } from '../../text/use-texts.ts';
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
  const texts = useTexts();
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
        <Notice tone="quiet" title={texts.memory.notices.waiting}>
          <p>{texts.memory.notices.waitingText(save.reason)}</p>
          <Actions actions={[{ label: texts.memory.notices.tryNow, run: () => editing.flush() }]} />
        </Notice>
      );
    case 'refused':
      return (
        <Notice tone="quiet" title={texts.memory.notices.refused}>
          <p>{save.reason}</p>
        </Notice>
      );
    case 'gone':
      return (
        <Notice tone="danger" title={texts.memory.notices.gone}>
          <p>{texts.memory.notices.goneText(save.reason)}</p>
          <Actions
            actions={[
              ...(saved.deletedAt === null
                ? []
                : [
                    {
                      label: texts.memory.notices.restoreIt,
                      primary: true,
                      run: () => restoreFromTrash(saved.id),
                    },
                  ]),
              { label: texts.memory.notices.keepAsNew, run: keepAsNew },
            ]}
          />
        </Notice>
      );
    case 'saved':
    case 'saving':
    case 'conflict':
      return saved.deletedAt === null ? null : (
        <Notice tone="quiet" title={texts.memory.notices.trashed(saidMoment(saved.deletedAt, now))}>
          <p>{texts.memory.notices.trashedText}</p>
          <Actions
            actions={[{ label: texts.memory.notices.restore, run: () => restoreFromTrash(saved.id) }]}
          />
        </Notice>
      );
  }
}
