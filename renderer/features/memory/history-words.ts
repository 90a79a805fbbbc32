import type { Texts } from '../../../shared/texts/index.ts';
import type { MemoryVersionSummary, VersionCause } from '../../../shared/schemas/memory.ts';
import { daysBefore, formatTime, nameOfDay } from '../../text/days.ts';
import { formatFigure } from '../../text/figures.ts';
import { importanceInWords } from '../../text/importance.ts';

/** What made a state give way to the next. */
export function causeInWords(cause: VersionCause, texts: Texts): string {
  return texts.memory.causes[cause];
}

/** "Until today, 14:03" */
export function endOf({ endedAt }: MemoryVersionSummary, now: Date, texts: Texts): string {
  const time = formatTime(endedAt);
  const daysAgo = daysBefore(new Date(endedAt), now);
  if (daysAgo === 0) return texts.memory.past.untilToday(time);
  if (daysAgo === 1) return texts.memory.past.untilYesterday(time);
  return texts.memory.past.untilDay(nameOfDay(endedAt, now), time);
}

interface Facts {
  readonly importance: number;
  readonly tags: readonly string[];
}

/** What else changed, each in a line. */
export function changedFacts(from: Facts, to: Facts, texts: Texts): string[] {
  const lines: string[] = [];
  if (from.importance !== to.importance) {
    const [before, after] = [
      importanceInWords(from.importance, texts),
      importanceInWords(to.importance, texts),
    ];
    lines.push(
      before === after
        ? texts.memory.past.importance(formatFigure(from.importance), formatFigure(to.importance))
        : texts.memory.past.importance(before, after),
    );
  }
  const added = to.tags.filter((tag) => !from.tags.includes(tag));
  const removed = from.tags.filter((tag) => !to.tags.includes(tag));
  if (added.length > 0) lines.push(texts.memory.past.tagsAdded(added.join(', ')));
  if (removed.length > 0) lines.push(texts.memory.past.tagsRemoved(removed.join(', ')));
  return lines;
}
