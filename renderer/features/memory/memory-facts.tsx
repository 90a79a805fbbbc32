import { useDeferredValue, useEffect, useMemo, useState, type Ref } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import type { CountedDocument } from '../../../shared/schemas/document.ts';
import type { MemoryDto, MemorySource } from '../../../shared/schemas/memory.ts';
import type { Tag } from '../../../shared/schemas/tag.ts';
import { loci } from '../../api/loci.ts';
import { Hint } from '../../components/icon-button.tsx';
import { formatMoment } from '../../text/quantities.ts';
import { parts } from '../../text/parts.ts';
import { useTexts } from '../../text/use-texts.ts';
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
  const texts = useTexts();
  const content = useDeferredValue(memory.content);
  const words = useMemo(() => countWords(content), [content]);
  const document = useDocument(memory.documentId);
  const source = document ? undefined : sourceInWords(memory.source, texts);
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
        <span className="memory-facts__fact">
          {content.length > countedExactly
            ? texts.memory.facts.wordsAbout(words)
            : texts.memory.facts.words(words)}
        </span>
        {source !== undefined && <span className="memory-facts__fact">{source}</span>}
        {document && (
          <Hint words={texts.memory.facts.imported(formatMoment(document.importedAt))}>
            <span className="memory-facts__fact">
              {parts(texts.memory.facts.from(<bdi>{document.name}</bdi>))}
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

function sourceInWords(source: MemorySource, texts: Texts): string | undefined {
  const words: Readonly<Partial<Record<MemorySource, string>>> = {
    snippet: texts.memory.facts.snippet,
    file: texts.memory.facts.file,
    conversation: texts.memory.facts.conversation,
    web: texts.memory.facts.web,
  };
  return words[source];
}

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
export function MemoryFoot({ memory: { createdAt, updatedAt } }: { memory: MemoryDto }) {
  const texts = useTexts();
  return (
    <p className="memory-facts__foot">
      {updatedAt === createdAt
        ? texts.memory.facts.kept(formatMoment(createdAt))
        : texts.memory.facts.keptAndChanged(formatMoment(createdAt), formatMoment(updatedAt))}
    </p>
  );
}
