import type { OpeningStage } from '../../../shared/schemas/app-status.ts';

interface StageWords {
  readonly line: string;
  /** A second line for what a person would otherwise wonder about. */
  readonly hint?: string;
}

export const stageWords: Readonly<Record<OpeningStage | 'closing', StageWords>> = {
  checking: { line: 'Opening your library' },
  creating: { line: 'Making your library', hint: 'This happens once and takes a few seconds.' },
  starting: { line: 'Starting the database' },
  recovering: {
    line: 'Checking the last session’s work',
    hint: 'Loci did not close as usual last time.',
  },
  updating: {
    line: 'Updating your library',
    hint: 'It was last used by an earlier version of Loci.',
  },
  moving: {
    line: 'Moving your library',
    hint: 'It is copied, compared and opened at its new place before anything is removed at the old one.',
  },
  closing: { line: 'Closing your library' },
};
