import type { AppStatus, MeaningState, OpeningStage, Problem } from '../../shared/schemas/app-status.ts';

/** What the app is doing, in one place: who asks gets the present state, who listens every change. */
export interface StatusBoard {
  current(): AppStatus;
  opening(stage: OpeningStage): void;
  ready(): void;
  failed(problem: Problem): void;
  closing(): void;
  /** Search by meaning comes and goes without the library. */
  meaning(state: MeaningState): void;
}

export function createStatusBoard(tell: (status: AppStatus) => void): StatusBoard {
  let current: AppStatus = { phase: 'opening', stage: 'checking' };
  let meaning: MeaningState = { state: 'loading' };

  function set(status: AppStatus): void {
    // What is closing does not open again.
    if (current.phase === 'closing') return;
    current = status;
    tell(status);
  }

  return {
    current: () => current,
    opening: (stage) => set({ phase: 'opening', stage }),
    ready: () => set({ phase: 'ready', meaning }),
    failed: (problem) => set({ phase: 'failed', problem }),
    closing: () => set({ phase: 'closing' }),
    meaning(state) {
      meaning = state;
      if (current.phase === 'ready') set({ phase: 'ready', meaning });
    },
  };
}
