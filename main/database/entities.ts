import { AuditEvent } from '../audit/audit-event.entity.ts';
import { Document } from '../documents/document.entity.ts';
import { Job } from '../jobs/job.entity.ts';
import { MemoryVersion } from '../memories/memory-version.entity.ts';
import { Memory } from '../memories/memory.entity.ts';
import { ChunkEmbedding, EmbeddingModel, MemoryChunk, UncutMemory } from '../search/memory-chunk.entity.ts';
import { MemoryDistinction } from '../search/memory-distinction.entity.ts';
import { SavedSearch } from '../search/saved-search.entity.ts';
import { Session } from '../sessions/session.entity.ts';
import { Setting } from '../settings/setting.entity.ts';
import { SpecializationMemory } from '../specializations/specialization-memory.entity.ts';
import { Specialization } from '../specializations/specialization.entity.ts';
import { MemoryTag } from '../tags/memory-tag.entity.ts';
import { Tag } from '../tags/tag.entity.ts';
import { User } from '../users/user.entity.ts';

/** Every table of the library. A list, because the app is one bundled file: there is nothing to discover. */
export const entities = [
  User,
  Setting,
  Session,
  Document,
  Memory,
  MemoryVersion,
  EmbeddingModel,
  UncutMemory,
  MemoryChunk,
  ChunkEmbedding,
  MemoryDistinction,
  Tag,
  MemoryTag,
  Specialization,
  SpecializationMemory,
  SavedSearch,
  Job,
  AuditEvent,
];
