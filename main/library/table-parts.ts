import type { LibraryPart } from '../../shared/schemas/library.ts';

const parts: Readonly<Record<string, LibraryPart>> = {
  memory_version: 'history',
  memory_past_word: 'history',
  memory_word: 'words',
  memory_word_weight: 'words',
  word: 'words',
  word_change: 'words',
  word_scale: 'words',
  word_spelling: 'words',
  memory_chunk: 'meaning',
  chunk_embedding: 'meaning',
  embedding_model: 'meaning',
  uncut_memory: 'meaning',
  duplicate_pair: 'lookAlikes',
  duplicate_queue: 'lookAlikes',
  memory_distinction: 'lookAlikes',
  audit_event: 'changes',
  memory: 'memories',
  memory_tag: 'memories',
  tag: 'memories',
  session: 'memories',
  document: 'memories',
  saved_search: 'memories',
  specialization: 'memories',
  specialization_memory: 'memories',
};

/** What a table's room is for, as a person would say. */
export const partOfTable = (name: string): LibraryPart => parts[name] ?? 'other';
