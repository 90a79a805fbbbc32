import type { AppStatus } from '../../shared/schemas/app-status.ts';
import { follow, useFollowed } from './followed.ts';
import { listen, loci } from './loci.ts';

const appStatus = follow<AppStatus>({
  first: { phase: 'opening', stage: 'checking' },
  read: () => loci.app.status(),
  listen: (tell) => listen('app:status', tell),
  unreadable: () => ({
    phase: 'failed',
    problem: {
      code: 'no_answer',
      title: 'This window lost touch with Loci',
      meaning: 'The part of Loci that looks after your library does not answer. Nothing in it was changed.',
      advice: 'Try again. If it stays like this, close Loci and start it again.',
    },
  }),
});

export const useAppStatus = (): AppStatus => useFollowed(appStatus);
