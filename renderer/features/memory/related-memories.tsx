import { useEffect, useState } from 'react';
import type { Related } from '../../../shared/schemas/search.ts';
import { loci } from '../../api/loci.ts';
import { useNow } from '../../components/use-now.ts';
import { nameOfDay } from '../../text/days.ts';
import { useTexts } from '../../text/use-texts.ts';
import { firstLineOf } from './title-of.ts';
import './related-memories.css';

interface RelatedMemoriesProps {
  readonly id: string;
  /** As it was saved: another text is about something else. */
  readonly version: number;
  readonly onOpen: (id: string) => void;
}

const most = 5;
/** Whoever goes through a list from one memory to the next does not stay for it. */
const restMs = 350;

/** What else in the library is about the same, below the memory that is being read. */
export function RelatedMemories({ id, version, onOpen }: RelatedMemoriesProps) {
  const texts = useTexts();
  const [found, setFound] = useState<Related & { readonly version: number }>();
  const now = useNow();

  useEffect(() => {
    let isGone = false;
    const timer = setTimeout(() => {
      loci.search.related({ id, limit: most }).then(
        (related) => isGone || setFound({ ...related, version }),
        // Nothing is missing that was asked for.
        () => undefined,
      );
    }, restMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [id, version]);

  if (!found || found.related.length === 0) return null;
  return (
    <section className="related" aria-label={texts.memory.related.label}>
      <h2 className="related__title">{texts.memory.related.title}</h2>
      <ul>
        {found.related.map(({ memory, words }) => (
          <li key={memory.id}>
            <button type="button" className="related__memory" onClick={() => onOpen(memory.id)}>
              <span className="related__name" dir="auto">
                {memory.title ?? firstLineOf(memory.preview)}
              </span>
              <span className="related__why">
                {nameOfDay(memory.occurredAt, now)}
                {' · '}
                {words.length > 0 ? words.slice(0, 3).join(', ') : texts.memory.related.byMeaning}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
