import { appOperations } from './operations/app.ts';
import { auditOperations } from './operations/audit.ts';
import { captureOperations } from './operations/capture.ts';
import { documentOperations } from './operations/documents.ts';
import { draftOperations } from './operations/drafts.ts';
import { duplicateOperations } from './operations/duplicates.ts';
import { embeddingOperations } from './operations/embeddings.ts';
import { jobOperations } from './operations/jobs.ts';
import { libraryOperations } from './operations/library.ts';
import { memoryOperations } from './operations/memories.ts';
import { modelOperations } from './operations/models.ts';
import { overviewOperations } from './operations/overview.ts';
import { savedSearchOperations } from './operations/saved-searches.ts';
import { searchOperations } from './operations/search.ts';
import { sessionOperations } from './operations/sessions.ts';
import { settingOperations } from './operations/settings.ts';
import { specializationOperations } from './operations/specializations.ts';
import { tagOperations } from './operations/tags.ts';
import { undoOperations } from './operations/undo.ts';
import { userOperations } from './operations/users.ts';

/** Everything the page can ask of main. Types of both sides and the tests follow from this one object. */
export const contract = {
  app: appOperations,
  audit: auditOperations,
  capture: captureOperations,
  documents: documentOperations,
  drafts: draftOperations,
  duplicates: duplicateOperations,
  embeddings: embeddingOperations,
  jobs: jobOperations,
  library: libraryOperations,
  memories: memoryOperations,
  models: modelOperations,
  overview: overviewOperations,
  savedSearches: savedSearchOperations,
  search: searchOperations,
  sessions: sessionOperations,
  settings: settingOperations,
  specializations: specializationOperations,
  tags: tagOperations,
  undo: undoOperations,
  users: userOperations,
} as const;

export type Contract = typeof contract;
