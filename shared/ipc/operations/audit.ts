import { z } from 'zod';
import { auditPage, auditPageRequest } from '../../schemas/audit.ts';
import { id } from '../../schemas/id.ts';
import { command, query } from '../define.ts';

export const auditOperations = {
  list: query(auditPageRequest, auditPage),
  /** Looks through everything; what it finds is the job's result, an `AuditVerification`. */
  verify: command(z.undefined(), z.object({ jobId: id })),
} as const;
