import { Layers2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LookAlikes } from '../../../shared/schemas/duplicates.ts';
import { loci } from '../../api/loci.ts';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';
import { firstLineOf } from './title-of.ts';
import './same-notice.css';

interface SameNoticeProps {
  readonly content: string;
  readonly title: string | null;
  readonly exceptId?: string;
  readonly onOpen?: (id: string) => void;
}

/** Typing is not interrupted by questions to the library. */
const restMs = 600;
/** A few words are often said twice. */
const leastLength = 20;

/** While somebody writes what is there already, or nearly: said in one quiet line that takes no room of its own. */
export function SameNotice({ content, title, exceptId, onOpen }: SameNoticeProps) {
  const texts = useTexts();
  const [found, setFound] = useState<{ readonly of: string; readonly lookAlikes: LookAlikes }>();
  const text = `${title ?? ''}\n${content}`;

  useEffect(() => {
    if (text.trim().length < leastLength) return undefined;
    let isGone = false;
    const timer = setTimeout(() => {
      loci.duplicates.ofText({ content, title, ...(exceptId === undefined ? {} : { exceptId }) }).then(
        (lookAlikes) => isGone || setFound({ of: text, lookAlikes }),
        () => undefined,
      );
    }, restMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [text, content, title, exceptId]);

  // Of a text that has changed since, nobody knows.
  const first = found?.of === text ? found.lookAlikes[0] : undefined;
  const name = first && <bdi>{first.memory.title ?? firstLineOf(first.memory.preview)}</bdi>;
  return (
    <output className="same-notice">
      {first && (
        <>
          <Layers2 size={14} strokeWidth={1.75} aria-hidden="true" />
          <span className="same-notice__words">
            {parts(first.isCopy ? texts.memory.same.copy(name) : texts.memory.same.alike(name))}
          </span>
          {onOpen && (
            <button type="button" className="same-notice__open" onClick={() => onOpen(first.memory.id)}>
              {texts.memory.open}
            </button>
          )}
        </>
      )}
    </output>
  );
}
