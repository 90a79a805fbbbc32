import { useMemo } from 'react';
import { diffWords } from '../../../shared/text/word-diff.ts';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { Actions } from '../../components/actions.tsx';
import { tell } from '../../components/toasts.tsx';
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
  const parts = useMemo(() => diffWords(wholeOf(theirs), wholeOf(mine)), [theirs, mine]);

  async function keepBoth(): Promise<void> {
    const id = await editing.keepBoth();
    if (id === undefined) return;
    tell({
      words: 'Your version is a memory of its own now',
      action: { label: 'Open', run: () => onOpen(id) },
    });
  }

  return (
    <section className="conflict" aria-label="Changed in two places">
      <div role="alert">
        <h2 className="conflict__title">This was changed elsewhere while you were writing</h2>
        <p className="conflict__words">
          Nothing was overwritten. Below, <ins>what only you have</ins> and <del>what only the other has</del>
          . Whichever you keep, the other one stays in the history.
        </p>
      </div>
      <div className="conflict__text">
        <WordDiff parts={parts} />
      </div>
      <Actions
        actions={[
          { label: 'Keep mine', primary: true, run: () => editing.keepMine() },
          { label: 'Keep the other', run: () => editing.keepTheirs() },
          { label: 'Keep both as two memories', run: keepBoth },
        ]}
      />
    </section>
  );
}

const wholeOf = ({ title, content }: MemoryDto): string =>
  title === null ? content : `${title}\n\n${content}`;
