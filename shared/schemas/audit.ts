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
