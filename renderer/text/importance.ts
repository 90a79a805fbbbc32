import type { Texts } from '../../shared/texts/index.ts';

/** Five steps; any value belongs to the nearest. */
export const importanceSteps = [0, 0.25, 0.5, 0.75, 1] as const;

export function nearestStep(importance: number): number {
  return importanceSteps[Math.min(4, Math.max(0, Math.round(importance * 4)))] ?? 0.5;
}

/** The word of the nearest step. */
export function importanceInWords(importance: number, texts: Texts): string {
  switch (nearestStep(importance)) {
    case 0:
      return texts.importance.trifle;
    case 0.25:
      return texts.importance.minor;
    case 0.75:
      return texts.importance.important;
    case 1:
      return texts.importance.essential;
    default:
      return texts.importance.ordinary;
  }
}
