import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { tell, untell, type Said } from '../../components/toasts.tsx';
import { memoriesInWords } from '../../text/quantities.ts';
import type { Texts } from '../../../shared/texts/index.ts';

/** Something that was done and can be taken back. */
interface Done {
  readonly words: Said;
  /** Answers with how much of it could not be taken back. */
  readonly takeBack: () => Promise<number>;
  readonly inWords: (count: number) => string;
  readonly toast: string;
}

const longest = 50;
let done: readonly Done[] = [];

listen('user:switched', () => {
  for (const { toast } of done) untell(toast);
  done = [];
});

/** Says what was done, and offers to take it back: here, and by ⌘Z or Ctrl+Z. */
export function offerUndo(
  words: Said,
  /** Done in several goes, the last one first to be taken back. */
  undoIds: readonly string[],
  /** What it was done to, for when some of it changed since. */
  inWords: (count: number) => string = memoriesInWords,
): void {
  if (undoIds.length === 0) {
    tell({ words });
    return;
  }
  const takeBack = async () => {
    let notUndone = 0;
    for (const undoId of undoIds.toReversed()) notUndone += (await loci.undo.run({ undoId })).notUndone;
    return notUndone;
  };
  offerToTakeBack(words, takeBack, inWords);
}

/** The same for what main does not know as one deed. */
export function offerToTakeBack(
  words: Said,
  takeBack: () => Promise<number>,
  inWords: (count: number) => string = memoriesInWords,
): void {
  const toast = tell({
    words,
    action: { label: (texts) => texts.actions.undo, run: () => void undo(entry) },
  });
  const entry: Done = { words, takeBack, inWords, toast };
  done = [...done.slice(1 - longest), entry];
}

export async function undoLatest(): Promise<void> {
  const latest = done.at(-1);
  if (latest) await undo(latest);
}

async function undo(entry: Done): Promise<void> {
  // Pressed twice is once: the next one is the one before.
  if (!done.includes(entry)) return;
  done = done.filter((each) => each !== entry);
  untell(entry.toast);
  try {
    const notUndone = await entry.takeBack();
    tell({ words: (texts) => undoneInWords(entry, notUndone, texts) });
  } catch (error) {
    tell({ words: reasonOf(error), tone: 'danger' });
  }
}

function undoneInWords({ words, inWords }: Done, notUndone: number, texts: Texts): string {
  return notUndone === 0 ? texts.undo.undone(words(texts)) : texts.undo.undoneExcept(inWords(notUndone));
}

/** Tells what went wrong, wherever one is by now. */
export async function attempt<T>(deed: () => Promise<T>): Promise<T | undefined> {
  try {
    return await deed();
  } catch (error) {
    tell({ words: reasonOf(error), tone: 'danger' });
    return undefined;
  }
}
