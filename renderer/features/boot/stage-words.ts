import type { OpeningStage } from '../../../shared/schemas/app-status.ts';
import type { Texts } from '../../../shared/texts/index.ts';

interface StageWords {
  readonly line: string;
  /** A second line for what a person would otherwise wonder about. */
  readonly hint?: string;
}

export const stageWords = (texts: Texts): Readonly<Record<OpeningStage | 'closing', StageWords>> => ({
  checking: { line: texts.boot.checking },
  creating: { line: texts.boot.creating, hint: texts.boot.creatingHint },
  starting: { line: texts.boot.starting },
  recovering: { line: texts.boot.recovering, hint: texts.boot.recoveringHint },
  updating: { line: texts.boot.updating, hint: texts.boot.updatingHint },
  moving: { line: texts.boot.moving, hint: texts.boot.movingHint },
  closing: { line: texts.boot.closing },
});
