/** Five steps, in words; any value belongs to the nearest. */
export const importanceSteps = [
  { value: 0, word: 'Trifle' },
  { value: 0.25, word: 'Minor' },
  { value: 0.5, word: 'Ordinary' },
  { value: 0.75, word: 'Important' },
  { value: 1, word: 'Essential' },
] as const;

export type ImportanceStep = (typeof importanceSteps)[number];

export function nearestStep(importance: number): ImportanceStep {
  return importanceSteps[Math.min(4, Math.max(0, Math.round(importance * 4)))] ?? importanceSteps[2];
}
