import type { FailureCode } from '../../shared/ipc/result.ts';
import { goneInWords, type Sentence, type Thing } from './loci-error.ts';

export type Meaning = readonly [code: FailureCode, sentence: Sentence];

const gone = (what: Thing): Meaning => ['not_found', goneInWords(what)];
const taken = (sentence: Sentence): Meaning => ['conflict', sentence];
const outside = (sentence: Sentence): Meaning => ['invalid_input', sentence];

const sessionGone = gone('session');
const documentGone = gone('document');
const memoryGone = gone('memory');
const tagGone = gone('tag');
const specializationGone = gone('specialization');

/**
 * What it means to a person that a constraint refuses something, by the constraint's name. For those
 * a person can meet; the others are mistakes of ours, for which the general sentence is good enough.
 */
export const meaningsByConstraint: Readonly<Record<string, Meaning>> = {
  app_user_email_unique: taken((texts) => texts.failures.person.emailTaken),
  app_user_name_check: outside((texts) => texts.failures.person.name),
  app_user_email_check: outside((texts) => texts.failures.person.email),

  session_title_check: outside((texts) => texts.failures.session.title),
  session_expires_at_check: outside((texts) => texts.failures.session.expires),
  session_ended_at_check: outside((texts) => texts.failures.session.ends),

  document_user_id_sha256_unique: taken((texts) => texts.failures.document.taken),
  document_name_check: outside((texts) => texts.failures.document.name),

  memory_title_check: outside((texts) => texts.failures.memory.titleLength),
  memory_content_check: outside((texts) => texts.failures.memory.contentLength),
  memory_importance_check: outside((texts) => texts.failures.memory.importance),
  memory_session_id_foreign: sessionGone,
  memory_document_id_foreign: documentGone,
  memory_version_memory_id_foreign: memoryGone,
  memory_chunk_memory_id_foreign: memoryGone,
  memory_version_memory_id_number_unique: taken((texts) => texts.failures.memory.changedAtOnce),

  tag_user_id_name_unique: taken((texts) => texts.failures.tag.taken),
  tag_name_check: outside((texts) => texts.failures.tag.name),
  memory_tag_memory_id_foreign: memoryGone,
  memory_tag_tag_id_foreign: tagGone,

  specialization_user_id_name_unique: taken((texts) => texts.failures.specialization.taken),
  specialization_name_check: outside((texts) => texts.failures.specialization.name),
  specialization_description_check: outside((texts) => texts.failures.specialization.description),
  specialization_tags_check: outside((texts) => texts.failures.specialization.tags),
  specialization_domain_check: outside((texts) => texts.failures.specialization.domain),
  specialization_memory_specialization_id_foreign: specializationGone,
  specialization_memory_memory_id_foreign: memoryGone,

  saved_search_user_id_name_unique: taken((texts) => texts.failures.savedSearch.taken),
  saved_search_name_check: outside((texts) => texts.failures.savedSearch.name),
  saved_search_query_check: outside((texts) => texts.failures.savedSearch.query),
};

/** Every table of a person's things points to that person. */
export const personGone = gone('person');
