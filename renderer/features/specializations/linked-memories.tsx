import { useTexts } from '../../text/use-texts.ts';
import { parts } from '../../text/parts.ts';
import { Ellipsis, Link2, Plus } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { LinkedMemories as LinkedPage, Specialization } from '../../../shared/schemas/specialization.ts';
import { useAsked } from '../../api/asked.ts';
import { coalesced } from '../../api/coalesced.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { useSummary } from '../../api/summaries.ts';
import { Button } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { addressOf } from '../../navigation/place.ts';
import { nameOfDay } from '../../text/days.ts';
import { showLinkDialog } from './link-dialog.tsx';
import './linked-memories.css';
import { link, memoryName, roleInWords, unlink } from './specialization-deeds.ts';

interface LinkedMemoriesProps {
  readonly specialization: Specialization;
  readonly isFixed: boolean;
}

const pageSize = 50;
const pauseMs = 250;

/** What it learns from, or looks things up in; and what else might belong to it. */
export function LinkedMemories({ specialization, isFixed }: LinkedMemoriesProps) {
  const texts = useTexts();
  const { id } = specialization;
  const { links, more, failure } = useLinks(id);
  const now = useNow();
  return (
    <>
      <section className="specialization-section" aria-label={texts.specializations.linked.title}>
        <div className="linked__head">
          <p className="specialization-section__intro">{texts.specializations.linked.intro}</p>
          {!isFixed && (
            <Button icon={Plus} onClick={() => showLinkDialog(specialization)}>
              {texts.specializations.linked.link}
            </Button>
          )}
        </div>
        {failure !== undefined && <Notice tone="danger" title={failure} />}
        {links?.length === 0 && <p className="specialization__none">{texts.specializations.linked.none}</p>}
        {links !== undefined && links.length > 0 && (
          <ul className="linked" aria-label={texts.specializations.linked.title}>
            {links.map(({ id: memoryId, role }) => (
              <LinkedMemory
                key={memoryId}
                id={memoryId}
                role={role}
                specialization={specialization}
                isFixed={isFixed}
                now={now}
              />
            ))}
          </ul>
        )}
        {more && (
          <div>
            <Button onClick={more}>{texts.specializations.linked.more}</Button>
          </div>
        )}
      </section>
      {!isFixed && <Suggestions specialization={specialization} links={links?.length} />}
    </>
  );
}

interface LinkedMemoryProps extends LinkedMemoriesProps {
  readonly id: string;
  readonly role: LinkedPage['memories'][number]['role'];
  readonly now: Date;
}

function LinkedMemory({ id, role, specialization, isFixed, now }: LinkedMemoryProps) {
  const texts = useTexts();
  const summary = useSummary(id);
  const name = summary ? memoryName(summary) : '…';
  const other = role === 'training' ? 'reference' : 'training';
  return (
    <li className="linked__memory">
      <a
        className="linked__name"
        href={addressOf({ view: { kind: 'memories' }, open: id })}
        draggable={false}
      >
        <bdi>{name}</bdi>
      </a>
      <span className="linked__meta">
        {roleInWords(role)}
        {summary && ` · ${nameOfDay(summary.occurredAt, now)}`}
      </span>
      {!isFixed && (
        <Menu
          label={texts.specializations.linked.actions(name)}
          className="icon-button"
          align="end"
          groups={[
            [
              {
                key: 'role',
                label:
                  other === 'training'
                    ? texts.specializations.linked.toLearn
                    : texts.specializations.linked.toLookUp,
                run: () => void link(specialization, [id], other),
              },
            ],
            [
              {
                key: 'unlink',
                label: texts.specializations.linked.takeOut,
                run: () => void unlink(specialization, [id]),
              },
            ],
          ]}
        >
          <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      )}
    </li>
  );
}

function useLinks(id: string) {
  const [pages, setPages] = useState(1);
  const [links, setLinks] = useState<LinkedPage['memories']>();
  const [hasMore, setMore] = useState(false);
  const [failure, setFailure] = useState<string>();

  const read = useCallback(async () => {
    try {
      const { memories, nextCursor } = await loci.specializations.memories({
        id,
        limit: Math.min(1000, pages * pageSize),
      });
      setLinks(memories);
      setMore(nextCursor !== null && pages * pageSize < 1000);
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }, [id, pages]);

  useEffect(() => {
    const soon = coalesced(read, pauseMs);
    soon();
    return listen('library:changed', ({ changes }) => {
      if (changes.some(({ entity }) => entity === 'specialization' || entity === 'memory')) soon();
    });
  }, [read]);

  return { links, failure, more: hasMore ? () => setPages(pages + 1) : undefined };
}

const mostSuggested = 12;
/** As long as it is still being read what it is about. */
const waitingMs = 3000;

interface SuggestionsProps {
  readonly specialization: Specialization;
  /** With each that is linked there are others. */
  readonly links: number | undefined;
}

/** Memories that are about the same and not linked to it. */
function Suggestions({ specialization, links }: SuggestionsProps) {
  const texts = useTexts();
  const { id, name, domain, description } = specialization;
  // Nothing is missing that was asked for, when there is no answer.
  const [asked, setAsked] = useState(0);
  const { answer: found } = useAsked(`${id} ${name} ${domain} ${description} ${links} ${asked}`, () =>
    loci.specializations.suggestMemories({ id, limit: mostSuggested }),
  );
  const isWaiting = found?.waiting === true;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => setAsked((before) => before + 1), waitingMs);
    return () => clearInterval(timer);
  }, [isWaiting]);

  if (!found || (found.suggestions.length === 0 && !found.waiting)) return null;
  const ids = found.suggestions.map(({ memory }) => memory.id);
  return (
    <section className="specialization-section" aria-label={texts.specializations.linked.suggested}>
      <div className="linked__head">
        <h3 className="specialization-section__title">{texts.specializations.linked.suggested}</h3>
        {ids.length > 1 && (
          <Button tone="quiet" icon={Link2} onClick={() => void link(specialization, ids, 'training')}>
            {texts.specializations.linked.linkAll(ids.length)}
          </Button>
        )}
      </div>
      {found.waiting && found.suggestions.length === 0 && (
        <p className="specialization-section__intro">{texts.specializations.linked.waiting}</p>
      )}
      <ul className="linked" aria-label={texts.specializations.linked.suggestions}>
        {found.suggestions.map(({ memory, near, words }) => (
          <li className="linked__memory" key={memory.id}>
            <a
              className="linked__name"
              href={addressOf({ view: { kind: 'memories' }, open: memory.id })}
              draggable={false}
            >
              <bdi>{memoryName(memory)}</bdi>
            </a>
            <span className="linked__meta">
              {near === null
                ? texts.specializations.linked.closeToWords
                : parts(texts.specializations.linked.closeTo(<bdi key="near">{near.title}</bdi>))}
              {words.length > 0 && ` · ${words.slice(0, 3).join(', ')}`}
            </span>
            <Button
              tone="quiet"
              icon={Plus}
              aria-label={texts.specializations.linked.linkOne(memoryName(memory))}
              onClick={() => void link(specialization, [memory.id], 'training')}
            >
              {texts.specializations.linked.linkIt}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
