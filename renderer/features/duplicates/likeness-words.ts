import type { Texts } from '../../../shared/texts/index.ts';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { importanceInWords } from '../../text/importance.ts';
import { formatDay } from '../../text/quantities.ts';
import type { LookAlikeGroup } from './pairs.ts';

type Likeness = Pick<LookAlikeGroup, 'areCopies' | 'overlap'>;

const nearlyAll = 0.94;
const most = 0.82;

/** How much they are alike, as one would say it. */
export function likenessWords({ areCopies, overlap }: Likeness, texts: Texts): string {
  if (areCopies) return texts.duplicates.likeness.copies;
  if (overlap >= nearlyAll) return texts.duplicates.likeness.nearly;
  return overlap >= most ? texts.duplicates.likeness.few : texts.duplicates.likeness.much;
}

/** For whoever wants to know exactly. */
export function likenessFigures({ areCopies, overlap }: Likeness, texts: Texts): string {
  if (areCopies) return texts.duplicates.likeness.noDifference;
  return texts.duplicates.likeness.sameOf100(Math.floor(overlap * 100));
}

type Facts = Pick<MemoryDto, 'occurredAt' | 'importance' | 'tags' | 'pinned'>;

/** What becomes of what is known about both. */
export function whatRemains(left: Facts, right: Facts, texts: Texts): string {
  const parts = [texts.duplicates.remains.history];
  if (namesOf(left) !== namesOf(right)) parts.push(texts.duplicates.remains.tags);
  if (formatDay(left.occurredAt) !== formatDay(right.occurredAt)) {
    const earlier = Date.parse(left.occurredAt) < Date.parse(right.occurredAt) ? left : right;
    parts.push(texts.duplicates.remains.date(formatDay(earlier.occurredAt)));
  }
  if (left.importance !== right.importance) {
    const word = importanceInWords(Math.max(left.importance, right.importance), texts);
    parts.push(texts.duplicates.remains.importance(word));
  }
  if (left.pinned !== right.pinned) parts.push(texts.duplicates.remains.pin);
  return texts.duplicates.remains.said(parts);
}

const namesOf = ({ tags }: Facts): string =>
  tags
    .map(({ id }) => id)
    .toSorted()
    .join();
