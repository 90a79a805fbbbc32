import type { Handlers } from '../../shared/ipc/define.ts';
import type { sessionOperations } from '../../shared/ipc/operations/sessions.ts';
import type { SessionService } from './session-service.ts';

export function sessionHandlers(
  sessions: SessionService,
): Handlers<{ sessions: typeof sessionOperations }>['sessions'] {
  return {
    current: () => sessions.current(),
    list: (request) => sessions.list(request),
    find: (one) => sessions.find(one),
    start: (wish) => sessions.start(wish),
    rename: (input) => sessions.rename(input),
    end: (one) => sessions.end(one),
    reopen: (one) => sessions.reopen(one),
    delete: (one) => sessions.delete(one),
  };
}
