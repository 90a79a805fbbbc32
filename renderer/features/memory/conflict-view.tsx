import { textsNow } from '../../../shared/texts/index.ts';
import { useMemo } from 'react';
import { diffWords } from '../../../shared/text/word-diff.ts';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { Actions } from '../../components/actions.tsx';
import { tell } from '../../components/toasts.tsx';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';
import type { MemoryEditing } from './memory-editing.ts';
import './conflict-view.css';
import { WordDiff } from './word-diff.tsx';

interface ConflictViewProps {
  readonly editing: MemoryEditing;
  readonly mine: MemoryDto;
  readonly theirs: MemoryDto;
  readonly onOpen: (id: string) => void;
}

/** Two people, or two windows, wrote at the same place: both are shown, and whichever is chosen, the other stays. */
export function ConflictView({ editing, mine, theirs, onOpen }: ConflictViewProps) {
  const texts = useTexts();
  const changes = useMemo(() => diffWords(wholeOf(theirs), wholeOf(mine)), [theirs, mine]);

  async function keepBoth(): Promise<void> {
    const id = await editing.keepBoth();
    if (id === undefined) return;
    tell({
      words: () => textsNow().memory.conflict.kept,
      action: { label: () => textsNow().memory.open, run: () => onOpen(id) },
    });
  }

  return (
    <section className="conflict" aria-label={texts.memory.conflict.label}>
      <div role="alert">
        <h2 className="conflict__title">{texts.memory.conflict.title}</h2>
        <p className="conflict__words">
          {parts(
            texts.memory.conflict.text(
              <ins>{texts.memory.conflict.onlyMine}</ins>,
              <del>{texts.memory.conflict.onlyTheirs}</del>,
            ),
          )}
        </p>
      </div>
      <div className="conflict__text">
        <WordDiff parts={changes} />
      </div>
      <Actions
        actions={[
          { label: texts.memory.conflict.keepMine, primary: true, run: () => editing.keepMine() },
          { label: texts.memory.conflict.keepTheirs, run: () => editing.keepTheirs() },
          { label: texts.memory.conflict.keepBoth, run: keepBoth },
        ]}
      />
    </section>
  );
}

const wholeOf = ({ title, content }: MemoryDto): string =>
  title === null ? content : `${title}\n\n${content}`;
