import type { AppStatus } from '../../shared/schemas/app-status.ts';
import { textsNow } from '../../shared/texts/index.ts';
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
      ...textsNow().problems.noAnswer,
    },
  }),
});

export const useAppStatus = (): AppStatus => useFollowed(appStatus);
