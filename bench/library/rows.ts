import type { AuditAction, AuditActor, AuditedEntity } from '../../shared/schemas/audit.ts';
import type { DocumentKind } from '../../shared/schemas/document.ts';
import type { MemorySource, VersionCause } from '../../shared/schemas/memory.ts';
import type { TagColour } from '../../shared/schemas/tag.ts';

/** Rows as they go into the tables, by the names of their columns; times are ISO strings. */
export interface Rows {
  readonly session: SessionRow[];
  readonly document: DocumentRow[];
  readonly tag: TagRow[];
  readonly memory: MemoryRow[];
  readonly version: VersionRow[];
  readonly link: TagLink[];
  readonly happening: Happening[];
}

interface DatedRow {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface SessionRow extends DatedRow {
  readonly title: string;
  readonly started_at: string;
  readonly expires_at: string;
  readonly ended_at: string | null;
}

export interface DocumentRow extends DatedRow {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly size_bytes: number;
  readonly imported_at: string;
}

export interface TagRow extends DatedRow {
  readonly name: string;
  readonly colour: TagColour | null;
}

export interface MemoryRow extends DatedRow {
  readonly session_id: string | null;
  readonly document_id: string | null;
  readonly title: string | null;
  readonly content: string;
  readonly importance: number;
  readonly pinned: boolean;
  readonly source: MemorySource;
  readonly occurred_at: string;
  readonly version: number;
  readonly seal: string;
  readonly deleted_at: string | null;
}

export interface VersionRow {
  readonly id: string;
  readonly created_at: string;
  readonly memory_id: string;
  readonly number: number;
  readonly title: string | null;
  readonly content: string;
  readonly importance: number;
  readonly tags: readonly string[];
  readonly cause: VersionCause;
}

export interface TagLink {
  readonly memoryId: string;
  readonly tagId: string;
  readonly createdAt: string;
}

/** What the audit will say, but for the hashes. */
export interface Happening {
  readonly id: string;
  readonly occurredAt: Date;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  readonly entity: AuditedEntity;
  readonly entityId: string;
  readonly fields: readonly string[];
  /** What was otherwise then, where the row has changed since. */
  readonly before?: Readonly<Record<string, unknown>>;
}

export function noRows(): Rows {
  return { session: [], document: [], tag: [], memory: [], version: [], link: [], happening: [] };
}
