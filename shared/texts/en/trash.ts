import { amounts } from './amounts.ts';

export const trash = {
  title: (some: number) => `Delete ${amounts.memories(some)} for good?`,
  meaning: (some: number) =>
    `${some === 1 ? 'It goes with its history' : 'They go with their history'}, and nothing of it can be brought back. This cannot be undone.`,
  confirm: (some: number) => `To confirm, type how many: ${some}`,
  deed: (some: number) => `Delete ${amounts.memories(some)} for good`,
  keep: 'Keep in the trash',
};
