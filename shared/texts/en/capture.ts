import { amounts } from './amounts.ts';
import { count } from './quantities.ts';

/** How something new comes into the library. */
export const capture = {
  title: 'New memory',
  windowTitle: 'New memory — Loci',
  titleLabel: 'Title',
  titlePlaceholder: 'Title, if you like',
  text: 'Text',
  textPlaceholder: 'What do you want to remember?',
  clear: 'Clear',
  keep: 'Keep',
  putAway: 'Put away',
  kept: 'Kept',
  opening: 'Opening your library',
  notOpen: 'The library is not open',
  dropHint: 'Drop it to keep it',
  tooLarge: 'This is more than a memory can hold (2 MB of text). Divide it into several.',
  taken: (keys: string) =>
    `${keys} belongs to another program, so it does not open Loci. Choose other keys in the settings.`,
  link: {
    label: 'From a link',
    title: 'A link wants to add this text. Nothing is kept unless you keep it.',
    add: 'Add it',
    leaveOut: 'Leave it out',
  },
  files: {
    titleOfOne: 'Keep this as a memory?',
    title: 'Keep these files as memories?',
    keep: (files: number) => `Keep ${amounts.memories(files)}`,
    keeping: (done: number, total: number) => `Kept ${count(done)} of ${count(total)}`,
    stop: 'Stop here',
    kept: (files: number) => `Kept ${amounts.memories(files)}`,
    unreadable: (name: string) => `“${name}” could not be read. It may be a folder, or gone.`,
    noText: (name: string) => `“${name}” is no text file. Loci takes .txt and .md files here.`,
    empty: (name: string) => `“${name}” is empty.`,
    somethingElse: (name: string) => `“${name}” is called a text file, but holds something else.`,
    tooLarge: (name: string) =>
      `“${name}” is larger than the 2 MB that a memory can hold. Divide it into several files.`,
    /** After the sentence that says why the first was. */
    moreLeftOut: (refusal: string, more: number) => `${refusal} And ${count(more)} more were left out.`,
  },
  drafts: {
    begun: 'There is a new memory that you had begun',
    goOnWriting: 'Go on writing',
    merging: 'There are two memories that you had begun to merge',
    goOnMerging: 'Go on merging',
    saved: 'What you were writing when Loci closed is saved',
    notSaved: (reason: string) => `Something that you wrote is not saved yet. ${reason}`,
    show: 'Show',
  },
};
