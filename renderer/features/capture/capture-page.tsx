import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import { useAppStatus } from '../../api/app-status.ts';
import { follow, useFollowed } from '../../api/followed.ts';
import { listen, loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { useTexts } from '../../text/use-texts.ts';
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
  const texts = useTexts();
  const status = useAppStatus();
  const { number, clipboard, fromLink } = useFollowed(opening);
  const [writing] = useState(() => new NewMemoryWriting());
  const [answered, setAnswered] = useState(0);
  const [isKept, setKept] = useState(false);
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
        <h1 className="capture__title">{texts.capture.title}</h1>
        <output className="capture__said">{saidOf(status.phase, isKept, texts)}</output>
        <IconButton label={texts.capture.putAway} icon={X} shortcut="Esc" onClick={hide} />
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
            setKept(true);
            setTimeout(() => setKept(false), 1500);
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

function saidOf(phase: string, isKept: boolean, texts: Texts): string {
  if (isKept) return texts.capture.kept;
  if (phase === 'opening') return texts.capture.opening;
  return phase === 'failed' ? texts.capture.notOpen : '';
}
