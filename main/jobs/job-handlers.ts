import type { Handlers } from '../../shared/ipc/define.ts';
import type { jobOperations } from '../../shared/ipc/operations/jobs.ts';
import type { JobService } from './job-service.ts';

export function jobHandlers(jobs: JobService): Handlers<{ jobs: typeof jobOperations }>['jobs'] {
  return {
    list: (request) => jobs.list(request),
    get: ({ id }) => jobs.get(id),
    pause: ({ id }) => jobs.pause(id),
    resume: ({ id }) => jobs.resume(id),
    cancel: ({ id }) => jobs.cancel(id),
    retry: ({ id }) => jobs.retry(id),
    forget: async ({ ids }) => ({ forgotten: await jobs.forget(ids) }),
  };
}
