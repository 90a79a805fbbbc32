import type { BrokenLink, Difference } from '../../../shared/schemas/audit.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** What is wrong with the list of events itself. */
export function brokenLinkInWords({ kind, missing, sequence }: BrokenLink): string {
  const texts = textsNow();
  switch (kind) {
    case 'changed':
      return texts.activity.check.eventChanged(sequence);
    case 'moved':
      return texts.activity.check.eventMoved(sequence);
    case 'missing':
      return missing === 1
        ? texts.activity.check.eventMissing(sequence)
        : texts.activity.check.eventsMissing(missing, sequence);
  }
}

/** "A memory was changed" */
export function differenceInWords({ entity, what }: Difference): string {
  const texts = textsNow();
  switch (what) {
    case 'added':
      return texts.activity.check.wasAdded(entity);
    case 'changed':
      return texts.activity.check.wasChanged(entity);
    case 'removed':
      return texts.activity.check.wasRemoved(entity);
  }
}
