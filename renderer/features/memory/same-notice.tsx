import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { loci } from '../../api/loci.ts';
import './same-notice.css';

interface SameNoticeProps {
  readonly content: string;
  readonly title: string | null;
  readonly exceptId?: string;
  readonly onOpen?: (id: string) => void;
}

/** Typing is not interrupted by questions to the library. */
const pauseMs = 600;

/** While somebody writes what is there already, word for word: said in one quiet line. */
export function SameNotice({ content, title, exceptId, onOpen }: SameNoticeProps) {
  const [found, setFound] = useState<readonly string[]>([]);

  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(() => {
      loci.memories.findSame({ content, title, ...(exceptId === undefined ? {} : { exceptId }) }).then(
        (ids) => isGone || setFound(ids),
        () => undefined,
      );
    }, pauseMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [content, title, exceptId]);

  const [first] = found;
  return (
    <output className="same-notice" data-found={first !== undefined || undefined}>
      {first !== undefined && (
        <>
          <Copy size={14} strokeWidth={1.75} aria-hidden="true" />
          {found.length === 1
            ? 'You have this already, word for word.'
            : `You have this already ${found.length} times, word for word.`}
          {onOpen && (
            <button type="button" className="same-notice__open" onClick={() => onOpen(first)}>
              Open it
            </button>
          )}
        </>
      )}
    </output>
  );
}
