import { useCallback, useEffect, useRef, useState } from 'react';
import { Notice } from '../../components/notice.tsx';
import { Actions } from '../../components/actions.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { OpenMemoryPane } from './open-memory-pane.tsx';
import { useMemory } from './open-memories.ts';
import './memory-pane.css';

interface MemoryPaneProps {
  readonly id: string;
  /** Leaving it, by Escape or by going back. */
  readonly onClose: () => void;
  /** Another memory that it leads to. */
  readonly onOpen: (id: string) => void;
}

/** One memory, to read and to change. */
export function MemoryPane({ id, onClose, onOpen }: MemoryPaneProps) {
  const texts = useTexts();
  const memory = useMemory(id);
  const isSlow = useIsSlow(id, memory.state === 'loading');
  const close = useLatest(onClose);

  switch (memory.state) {
    case 'loading':
      return (
        <section className="memory" aria-label={texts.memory.label} aria-busy="true">
          {isSlow && (
            <div className="memory__skeleton" aria-hidden="true">
              <span /> <span /> <span /> <span />
            </div>
          )}
        </section>
      );
    case 'failed':
      return (
        <section className="memory memory--alone" aria-label={texts.memory.label}>
          <Notice tone="danger" title={texts.memory.unreadable}>
            <p>{memory.reason}</p>
            <Actions actions={[{ label: texts.actions.tryAgain, run: async () => memory.retry() }]} />
          </Notice>
        </section>
      );
    case 'missing':
      return (
        <section className="memory memory--alone" aria-label={texts.memory.label}>
          <Notice tone="quiet" title={texts.memory.missing}>
            <p>{texts.memory.missingText}</p>
            <Actions actions={[{ label: texts.actions.close, run: async () => close() }]} />
          </Notice>
        </section>
      );
    case 'open':
      // Another memory begins at its top, and nothing of the one before is left.
      return <OpenMemoryPane key={id} editing={memory.editing} onClose={close} onOpen={onOpen} />;
  }
}

/** What most people never see needs no skeleton. */
function useIsSlow(id: string, isLoading: boolean): boolean {
  const [slow, setSlow] = useState<string>();
  useEffect(() => {
    if (!isLoading) return undefined;
    const timer = setTimeout(() => setSlow(id), 200);
    return () => clearTimeout(timer);
  }, [id, isLoading]);
  return slow === id;
}

function useLatest(call: () => void): () => void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  return useCallback(() => latest.current(), []);
}
