import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { nearestStep } from '../../text/importance.ts';
import { formatDay } from '../../text/quantities.ts';
import type { LookAlikeGroup } from './pairs.ts';

type Likeness = Pick<LookAlikeGroup, 'areCopies' | 'overlap'>;

const nearlyAll = 0.94;
const most = 0.82;

/** How much they are alike, as one would say it. */
export function likenessWords({ areCopies, overlap }: Likeness): string {
  if (areCopies) return 'Word for word the same';
  if (overlap >= nearlyAll) return 'The same but for a word or two';
  return overlap >= most ? 'A few words differ' : 'Much the same';
}

/** For whoever wants to know exactly. */
export function likenessFigures({ areCopies, overlap }: Likeness): string {
  if (areCopies) return 'The texts do not differ in a single letter';
  return `${Math.floor(overlap * 100)} of 100 words are the same`;
}

type Facts = Pick<MemoryDto, 'occurredAt' | 'importance' | 'tags' | 'pinned'>;

/** What becomes of what is known about both. */
export function whatRemains(left: Facts, right: Facts): string {
  const parts = ['the history of both'];
  if (namesOf(left) !== namesOf(right)) parts.push('the tags of both');
  if (formatDay(left.occurredAt) !== formatDay(right.occurredAt)) {
    const earlier = Date.parse(left.occurredAt) < Date.parse(right.occurredAt) ? left : right;
    parts.push(`the earlier date (${formatDay(earlier.occurredAt)})`);
  }
  if (left.importance !== right.importance) {
    const { word } = nearestStep(Math.max(left.importance, right.importance));
    parts.push(`the higher importance (${word})`);
  }
  if (left.pinned !== right.pinned) parts.push('the pin');
  const list = new Intl.ListFormat('en-GB').format(parts);
  return `Whichever you keep gets ${list}. The other goes to the trash.`;
}

const namesOf = ({ tags }: Facts): string =>
  tags
    .map(({ id }) => id)
    .toSorted()
    .join();
