import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import type { AuditPage, AuditPageRequest } from '../../shared/schemas/audit.ts';
import { defineRunner, type JobRunner } from '../jobs/job-runner.ts';
import type { JobService } from '../jobs/job-service.ts';
import { toAuditEvent } from './audit-dto.ts';
import { AuditVerificationRepository } from './audit-verification.repository.ts';
import { AuditRepository } from './audit.repository.ts';
import { verifyAudit } from './verify-audit.ts';

const verifyKind = 'audit.verify';

export interface AuditServiceOptions {
  readonly em: EntityManager;
  readonly currentUserId: () => string;
  /** One that knows `auditVerifier`. */
  readonly jobs: Pick<JobService, 'start'>;
}

/** What a person sees of the audit. */
export class AuditService {
  readonly #options: AuditServiceOptions;
  readonly #repository: AuditRepository;

  constructor(options: AuditServiceOptions) {
    this.#options = options;
    this.#repository = new AuditRepository(options.em);
  }

  async list(request: AuditPageRequest): Promise<AuditPage> {
    const found = await this.#repository.findPage(this.#options.currentUserId(), request);
    const events = found.slice(0, request.limit).map(toAuditEvent);
    return { events, next: found.length > request.limit ? (events.at(-1)?.sequence ?? null) : null };
  }

  verify(): Promise<{ jobId: string }> {
    return this.#options.jobs.start(verifyKind);
  }
}

/** Begins anew after an interruption: what was right an hour ago says nothing about now. */
export function auditVerifier(em: EntityManager): JobRunner {
  return defineRunner({
    kind: verifyKind,
    parameters: z.strictObject({}),
    run: (context) => verifyAudit(new AuditVerificationRepository(em), context),
  });
}
