import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useAppStatus } from '../../api/app-status.ts';
import { follow, useFollowed } from '../../api/followed.ts';
import { listen, loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Composer } from './composer.tsx';
import './capture-page.css';
import { isBlank, NewMemoryWriting } from './new-memory.ts';

const opening = follow({
  first: { number: 0, clipboard: null, fromLink: null },
  read: () => loci.capture.opening(),
  listen: (tell) => listen('capture:opening', tell),
});

const hide = () => void loci.capture.hide().catch(() => undefined);

/** The small window over other programs: type, keep, gone. */
export function CapturePage() {
  const status = useAppStatus();
  const { number, clipboard, fromLink } = useFollowed(opening);
  const [writing] = useState(() => new NewMemoryWriting());
  const [answered, setAnswered] = useState(0);
  const [kept, setKept] = useState<string>();
  const isReady = status.phase === 'ready';

  // Each time it is opened: with what was left, and where nothing was, with the clipboard.
  useEffect(() => {
    if (!isReady || number === 0) return undefined;
    let isGone = false;
    void writing.load().then(() => {
      if (isGone) return;
      if (clipboard !== null && isBlank(writing.current()))
        writing.change({ content: clipboard, source: 'snippet' });
    });
    return () => {
      isGone = true;
    };
  }, [number, clipboard, isReady, writing]);

  return (
    <div className="capture">
      <header className="capture__bar">
        <h1 className="capture__title">New memory</h1>
        <output className="capture__said">{saidOf(status.phase, kept)}</output>
        <IconButton label="Put away" icon={X} shortcut="Esc" onClick={hide} />
      </header>
      <main className="capture__main">
        {/* What is typed before the library is open is not lost: it is kept as soon as it is. */}
        <OpenedComposer
          key={`${number} ${isReady}`}
          writing={writing}
          fromLink={answered === number ? null : fromLink}
          onLinkAnswered={() => setAnswered(number)}
          onSaved={() => {
            setAnswered(number);
            setKept('Kept');
            setTimeout(() => setKept(undefined), 1500);
            hide();
          }}
        />
      </main>
    </div>
  );
}

interface OpenedComposerProps {
  readonly writing: NewMemoryWriting;
  readonly fromLink: string | null;
  readonly onLinkAnswered: () => void;
  readonly onSaved: () => void;
}

function OpenedComposer({ writing, fromLink, onLinkAnswered, onSaved }: OpenedComposerProps) {
  const overview = useOverview();
  const known = useMemo(
    () => (overview?.tags ?? []).toSorted((a, b) => b.memories - a.memories),
    [overview?.tags],
  );
  return (
    <Composer
      writing={writing}
      known={known}
      fromLink={fromLink}
      onLinkAnswered={onLinkAnswered}
      onSaved={onSaved}
      onClose={hide}
    />
  );
}

function saidOf(phase: string, kept: string | undefined): string {
  if (kept !== undefined) return kept;
  if (phase === 'opening') return 'Opening your library';
  return phase === 'failed' ? 'The library is not open' : '';
}
