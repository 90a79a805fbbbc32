import type { Handlers } from '../../shared/ipc/define.ts';
import type { auditOperations } from '../../shared/ipc/operations/audit.ts';
import type { AuditService } from './audit-service.ts';

export function auditHandlers(audit: AuditService): Handlers<{ audit: typeof auditOperations }>['audit'] {
  return {
    list: (request) => audit.list(request),
    verify: () => audit.verify(),
  };
}
