import type { Problem } from '../../shared/schemas/app-status.ts';

export type CopyLibraryErrorCode =
  | 'no_library'
  | 'library_old'
  | 'place_taken'
  | 'tables_differ'
  | 'copy_differs'
  | 'library_in_use'
  | 'copy_failed';

const texts: Record<CopyLibraryErrorCode, Omit<Problem, 'code'>> = {
  no_library: {
    title: 'There is no library to copy',
    meaning: 'The place it should come from holds none. Nothing was changed.',
    advice: 'Check the address, and LOCI_DATA_DIR if your library lies in a folder of your choice.',
  },
  library_old: {
    title: 'This library was last used with an older Loci',
    meaning: 'It has to be brought up to date before it can be copied. Nothing was changed.',
    advice: 'Start Loci with it once, quit, and try again.',
  },
  place_taken: {
    title: 'There is a library already',
    meaning: 'A library is copied only to a place that holds none: nothing is ever overwritten or mixed.',
    advice: 'Give the copy an empty database, or move the library folder that is there to another name.',
  },
  tables_differ: {
    title: 'The two libraries are not of the same form',
    meaning: 'Tables of the one have other columns than those of the other. Nothing was changed.',
    advice: 'Give the copy an empty database of its own.',
  },
  copy_differs: {
    title: 'The copy was not like the original',
    meaning: 'They were compared, and differ. The copy was taken back; your library is as it was.',
    advice: 'Try again. If it stays like this, have the disks of both computers checked.',
  },
  library_in_use: {
    title: 'This library is in use',
    meaning: 'Somebody is connected to it. What they write during the copy would be missing in it.',
    advice: 'Quit Loci everywhere it works with this library, then try again.',
  },
  copy_failed: {
    title: 'Your library could not be copied',
    meaning: 'The copy was taken back; your library is as it was.',
    advice: 'Try again.',
  },
};

/** `detail` is for the log: names of tables and counts, never what a person wrote. */
export class CopyLibraryError extends Error {
  readonly code: CopyLibraryErrorCode;
  readonly problem: Problem;

  constructor(
    code: CopyLibraryErrorCode,
    detail: string,
    { advice, ...options }: { cause?: unknown; advice?: string | undefined } = {},
  ) {
    super(`${texts[code].title}: ${detail}`, options);
    this.name = 'CopyLibraryError';
    this.code = code;
    this.problem = { code, ...texts[code], ...(advice === undefined ? {} : { advice }) };
  }
}
