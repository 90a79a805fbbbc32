import type { AuditAction, AuditSubject } from './audit.ts';

/** What one transaction did to things of one kind. */
export interface LibraryChange {
  readonly entity: AuditSubject;
  readonly action: AuditAction;
  /** Null when there are more than anyone would look at one by one. */
  readonly ids: readonly string[] | null;
  /** By name, what was changed of them. */
  readonly fields: readonly string[];
}

export interface LibraryChanges {
  /** Whose library. */
  readonly userId: string;
  readonly changes: readonly LibraryChange[];
}
