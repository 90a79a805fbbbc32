import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { MemorySummary } from '../../../shared/schemas/memory.ts';
import { Hint } from '../../components/icon-button.tsx';
import { useNow } from '../../components/use-now.ts';
import { addressOf, type Pair } from '../../navigation/place.ts';
import { nameOfDay } from '../../text/days.ts';
import { listText } from '../../text/preview.ts';
import { useTexts } from '../../text/use-texts.ts';
import { likenessFigures, likenessWords } from './likeness-words.ts';
import { type LookAlikeGroup, pairsOf } from './pairs.ts';
import './pair-list.css';

interface PairListProps {
  readonly groups: readonly LookAlikeGroup[];
  /** The one one comes from: there one goes on. */
  readonly last: Pair | undefined;
}

/** All that are alike, each group one line to open. */
export function PairList({ groups, last }: PairListProps) {
  const texts = useTexts();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (!last || !list.current) return;
    const links = [...list.current.querySelectorAll('a')];
    const at = groups.findIndex(({ memories }) => memories.some(({ id }) => id === last[1]));
    (links[at] ?? links[0])?.focus();
    // Once, when one comes back.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- See above.
  }, []);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- The links in it are what is acted on; arrows are a short cut.
    <ul className="pair-list" aria-label={texts.duplicates.title} ref={list} onKeyDown={moveByArrows}>
      {groups.map((group) => {
        const [first] = pairsOf([group]);
        return first && <GroupRow key={first.pair.join()} group={group} pair={first.pair} />;
      })}
    </ul>
  );
}

function GroupRow({ group, pair }: { group: LookAlikeGroup; pair: Pair }) {
  const texts = useTexts();
  const now = useNow();
  const [best, other] = group.memories;
  if (!best || !other) return null;
  const moments = group.memories.map(({ occurredAt }) => occurredAt);
  const inOrder = group.memories.length > 2 ? moments.toSorted() : moments;
  const days = [...new Set(inOrder.map((moment) => nameOfDay(moment, now)))];
  return (
    <li>
      <a
        className="pair-list__group"
        href={addressOf({ view: { kind: 'duplicates' }, pair })}
        draggable={false}
      >
        <bdi className="pair-list__text">{lineOf(best)}</bdi>
        <Hint words={likenessFigures(group, texts)}>
          <span className="pair-list__likeness">{likenessWords(group, texts)}</span>
        </Hint>
        <span className="pair-list__text pair-list__text--other">
          <bdi>{lineOf(other)}</bdi>
        </span>
        <span className="pair-list__days">
          {group.count > 2 && (
            <span className="pair-list__count">{texts.duplicates.ofThem(group.count)}</span>
          )}
          {days.length > 2 ? `${days[0]} – ${days.at(-1)}` : days.join(', ')}
        </span>
      </a>
    </li>
  );
}

/** Title and text in one: where the titles are the same, the texts differ. */
function lineOf({ title, preview }: MemorySummary): string {
  const { heading, text } = listText(title, preview);
  return text === '' ? heading : `${heading} – ${text}`;
}

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const next = links[links.findIndex((link) => link === document.activeElement) + step];
  event.preventDefault();
  next?.focus();
}
