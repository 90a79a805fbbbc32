import { z } from 'zod';
import { id } from './id.ts';

/** Who did it: a person, or the app by itself (ending a session that expired, emptying the trash). */
export const auditActors = ['person', 'app'] as const;
export type AuditActor = (typeof auditActors)[number];

export const auditActions = [
  'created',
  'changed',
  'trashed',
  'restored',
  'purged',
  'deleted',
  'exported',
  'imported',
  'unlocked',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What the audit vouches for row by row, by the names of their tables. */
export const auditedEntities = [
  'app_user',
  'session',
  'document',
  'memory',
  'tag',
  'specialization',
  'saved_search',
  'setting',
] as const;
export type AuditedEntity = (typeof auditedEntities)[number];

/** What an event can be about: a row, or the library as a whole. */
export const auditSubjects = [...auditedEntities, 'library'] as const;
export type AuditSubject = (typeof auditSubjects)[number];

export const auditEvent = z.object({
  id,
  sequence: z.int().positive(),
  occurredAt: z.iso.datetime(),
  actor: z.enum(auditActors),
  action: z.enum(auditActions),
  /** An `AuditSubject`, unless somebody else has written it. */
  entity: z.string(),
  /** Null for what was done to the library as a whole. */
  entityId: id.nullable(),
  /** Names of what was changed of it, never a value. */
  fields: z.array(z.string()),
});
export type AuditEvent = z.infer<typeof auditEvent>;

export const auditPageRequest = z.strictObject({
  entity: z.enum(auditSubjects).optional(),
  entityId: id.optional(),
  action: z.enum(auditActions).optional(),
  limit: z.int().min(1).max(200).default(50),
  /** Goes on after the event with this sequence. */
  before: z.int().positive().optional(),
});
export type AuditPageRequest = z.output<typeof auditPageRequest>;

/** The newest first. */
export const auditPage = z.object({ events: z.array(auditEvent), next: z.int().positive().nullable() });
export type AuditPage = z.infer<typeof auditPage>;

/**
 * `changed`: an event is not what it was when it was written. `missing`: there is none where one must
 * be, and those after it follow a gap. `moved`: an event stands in another place than it was written in.
 */
export const brokenLinkKinds = ['changed', 'missing', 'moved'] as const;

const brokenLink = z.object({
  /** Of the first event that is not as it should be. */
  sequence: z.int().positive(),
  kind: z.enum(brokenLinkKinds),
  /** How many there are none of, for a gap. */
  missing: z.int().nonnegative(),
});
export type BrokenLink = z.infer<typeof brokenLink>;

const difference = z.object({
  entity: z.enum(auditedEntities),
  entityId: id,
  /** What happened to it without an event. */
  what: z.enum(['changed', 'added', 'removed']),
});
export type Difference = z.infer<typeof difference>;

/** What came of a job `audit.verify`, in its `result`. */
export const auditVerification = z.object({
  isIntact: z.boolean(),
  events: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  /** The first, if there is one; what comes after it cannot be vouched for. */
  brokenLink: brokenLink.nullable(),
  /** How many differ in all, and the first of them by name. */
  differing: z.int().nonnegative(),
  differences: z.array(difference),
});
export type AuditVerification = z.infer<typeof auditVerification>;
