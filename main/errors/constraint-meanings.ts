import type { FailureCode } from '../../shared/ipc/result.ts';

export type Meaning = readonly [code: FailureCode, message: string];

const gone = (what: string): Meaning => [
  'not_found',
  `This ${what} no longer exists. It may have been deleted in the meantime.`,
];
const taken = (message: string): Meaning => ['conflict', message];
const outside = (message: string): Meaning => ['invalid_input', message];

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
  app_user_email_unique: taken('Somebody else here has this e-mail address already.'),
  app_user_name_check: outside('A person’s name needs 1 to 200 characters.'),
  app_user_email_check: outside('This does not look like an e-mail address.'),

  session_title_check: outside('A session’s title needs 1 to 200 characters.'),
  session_expires_at_check: outside('A session must expire after it has started.'),
  session_ended_at_check: outside('A session cannot end before it has started.'),

  document_user_id_sha256_unique: taken('Exactly this file is in your library already.'),
  document_name_check: outside('A document’s name needs 1 to 1,000 characters.'),

  memory_title_check: outside('A memory’s title may have 500 characters at most.'),
  memory_content_check: outside('A memory needs a text or a title, and its text may have 2 MB at most.'),
  memory_importance_check: outside('A memory’s importance lies between 0 and 1.'),
  memory_session_id_foreign: sessionGone,
  memory_document_id_foreign: documentGone,
  memory_version_memory_id_foreign: memoryGone,
  memory_chunk_memory_id_foreign: memoryGone,
  memory_version_memory_id_number_unique: taken(
    'This memory was changed at the same moment elsewhere, and this change was not saved. Please try again.',
  ),

  tag_user_id_name_unique: taken(
    'You have a tag with this name already. Capital letters make no difference.',
  ),
  tag_name_check: outside('A tag’s name needs 1 to 100 characters, without spaces around it.'),
  memory_tag_memory_id_foreign: memoryGone,
  memory_tag_tag_id_foreign: tagGone,

  specialization_user_id_name_unique: taken(
    'You have a specialization with this name already. Capital letters make no difference.',
  ),
  specialization_name_check: outside(
    'A specialization’s name needs 1 to 200 characters, without spaces around it.',
  ),
  specialization_description_check: outside('A description may have 20,000 characters at most.'),
  specialization_tags_check: outside('A specialization may have 50 tags at most.'),
  specialization_domain_check: outside('A domain may have 200 characters at most.'),
  specialization_memory_specialization_id_foreign: specializationGone,
  specialization_memory_memory_id_foreign: memoryGone,

  saved_search_user_id_name_unique: taken(
    'You have a saved search with this name already. Capital letters make no difference.',
  ),
  saved_search_name_check: outside(
    'A saved search’s name needs 1 to 200 characters, without spaces around it.',
  ),
  saved_search_query_check: outside('A search may have 10,000 characters at most.'),
};

/** Every table of a person's things points to that person. */
export const personGone = gone('person');
