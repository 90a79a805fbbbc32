import { useDeferredValue, useEffect, useMemo, useState, type Ref } from 'react';
import type { CountedDocument } from '../../../shared/schemas/document.ts';
import type { MemoryDto, MemorySource } from '../../../shared/schemas/memory.ts';
import type { Tag } from '../../../shared/schemas/tag.ts';
import { loci } from '../../api/loci.ts';
import { Hint } from '../../components/icon-button.tsx';
import { formatCount, formatMoment } from '../../text/quantities.ts';
import { DateField } from './date-field.tsx';
import { ImportanceField } from './importance-field.tsx';
import type { Changes } from './memory-changes.ts';
import './memory-facts.css';
import { SessionField } from './session-field.tsx';
import { TagField } from './tag-field.tsx';
import { countedExactly, countWords } from './word-count.ts';

interface MemoryFactsProps {
  readonly memory: MemoryDto;
  readonly isFixed: boolean;
  readonly known: readonly Pick<Tag, 'name' | 'colour'>[];
  readonly tagInput: Ref<HTMLInputElement>;
  readonly onChange: (changes: Changes) => void;
}

/** What is known about a memory beside its text: two quiet lines, all of it to be changed where it stands. */
export function MemoryFacts({ memory, isFixed, known, tagInput, onChange }: MemoryFactsProps) {
  const content = useDeferredValue(memory.content);
  const words = useMemo(() => countWords(content), [content]);
  const document = useDocument(memory.documentId);
  const source = document ? undefined : sourceWords[memory.source];
  return (
    <div className="memory-facts">
      <div className="memory-facts__line">
        <DateField
          occurredAt={memory.occurredAt}
          isFixed={isFixed}
          onChange={(occurredAt) => onChange({ occurredAt })}
        />
        {!isFixed && (
          <SessionField sessionId={memory.sessionId} onChange={(sessionId) => onChange({ sessionId })} />
        )}
        <span className="memory-facts__fact">{wordsIn(words, content.length > countedExactly)}</span>
        {source !== undefined && <span className="memory-facts__fact">{source}</span>}
        {document && (
          <Hint words={`Imported on ${formatMoment(document.importedAt)}`}>
            <span className="memory-facts__fact">
              From <bdi>{document.name}</bdi>
            </span>
          </Hint>
        )}
      </div>
      <div className="memory-facts__line">
        {isFixed ? null : (
          <ImportanceField value={memory.importance} onChange={(importance) => onChange({ importance })} />
        )}
        <TagField
          tags={memory.tags}
          known={known}
          isFixed={isFixed}
          inputRef={tagInput}
          onChange={(tags) => onChange({ tags })}
        />
      </div>
    </div>
  );
}

function wordsIn(count: number, isAbout: boolean): string {
  if (count === 1) return '1 word';
  return `${isAbout ? 'about ' : ''}${formatCount(count)} words`;
}

const sourceWords: Readonly<Partial<Record<MemorySource, string>>> = {
  snippet: 'Snippet',
  file: 'From a file',
  conversation: 'From a conversation',
  web: 'From the web',
};

function useDocument(id: string | null): CountedDocument | undefined {
  const [found, setFound] = useState<CountedDocument>();
  useEffect(() => {
    if (id === null) return undefined;
    let isGone = false;
    loci.documents.find({ ids: [id] }).then(
      ([document]) => isGone || setFound(document),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [id]);
  return id !== null && found?.id === id ? found : undefined;
}

/** When it came into the library, and when it was last changed. */
export function MemoryFoot({ memory }: { memory: MemoryDto }) {
  return (
    <p className="memory-facts__foot">
      Kept on {formatMoment(memory.createdAt)}
      {memory.updatedAt !== memory.createdAt && <> · changed on {formatMoment(memory.updatedAt)}</>}
    </p>
  );
}
