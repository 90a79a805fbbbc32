import type { Handlers } from '../../shared/ipc/define.ts';
import type { overviewOperations } from '../../shared/ipc/operations/overview.ts';
import type { OverviewService } from './overview-service.ts';

export function overviewHandlers(
  overview: OverviewService,
): Handlers<{ overview: typeof overviewOperations }>['overview'] {
  return { read: () => overview.read() };
}
