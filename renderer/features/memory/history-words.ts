import type { MemoryVersionSummary, VersionCause } from '../../../shared/schemas/memory.ts';
import { formatTime, nameOfDay } from '../../text/days.ts';
import { nearestStep } from '../../text/importance.ts';

/** What made a state give way to the next. */
export const causeWords: Readonly<Record<VersionCause, string>> = {
  edit: 'Before it was edited',
  bulk: 'Before several were changed',
  restore: 'Before an earlier version was restored',
  undo: 'Before something was undone',
  merge: 'Before another was merged into it',
  tag: 'Before a tag was changed',
  import: 'Before it was imported again',
};

/** "Until today, 14:03" */
export function endOf({ endedAt }: MemoryVersionSummary, now: Date): string {
  const day = nameOfDay(endedAt, now);
  const isRelative = day === 'Today' || day === 'Yesterday';
  return `Until ${isRelative ? day.toLowerCase() : day}, ${formatTime(endedAt)}`;
}

interface Facts {
  readonly importance: number;
  readonly tags: readonly string[];
}

/** What else changed, each in a line. */
export function changedFacts(from: Facts, to: Facts): string[] {
  const lines: string[] = [];
  if (from.importance !== to.importance) {
    const [before, after] = [nearestStep(from.importance).word, nearestStep(to.importance).word];
    lines.push(
      before === after
        ? `Importance: ${from.importance.toFixed(2)}, then ${to.importance.toFixed(2)}`
        : `Importance: ${before}, then ${after}`,
    );
  }
  const added = to.tags.filter((tag) => !from.tags.includes(tag));
  const removed = from.tags.filter((tag) => !to.tags.includes(tag));
  if (added.length > 0) lines.push(`Tags added: ${added.join(', ')}`);
  if (removed.length > 0) lines.push(`Tags taken away: ${removed.join(', ')}`);
  return lines;
}
