import type { MigrationObject } from '@mikro-orm/core';
import { Migration20261121060000_create_user_and_setting } from './Migration20261121060000_create_user_and_setting.ts';
import { Migration20261121080000_create_session } from './Migration20261121080000_create_session.ts';
import { Migration20261121080100_create_document } from './Migration20261121080100_create_document.ts';
import { Migration20261121080200_create_memory } from './Migration20261121080200_create_memory.ts';
import { Migration20261121080300_create_memory_version } from './Migration20261121080300_create_memory_version.ts';
import { Migration20261121080400_create_tag } from './Migration20261121080400_create_tag.ts';
import { Migration20261121080500_create_memory_chunk } from './Migration20261121080500_create_memory_chunk.ts';
import { Migration20261121080600_create_specialization } from './Migration20261121080600_create_specialization.ts';
import { Migration20261121080700_create_saved_search } from './Migration20261121080700_create_saved_search.ts';
import { Migration20261121080800_create_job } from './Migration20261121080800_create_job.ts';
import { Migration20261121080900_create_audit_event } from './Migration20261121080900_create_audit_event.ts';
import { Migration20261121090000_note_rows_before_audit } from './Migration20261121090000_note_rows_before_audit.ts';
import { Migration20261121090100_index_rare_audit_events } from './Migration20261121090100_index_rare_audit_events.ts';
import { Migration20261121100000_read_words_by_language } from './Migration20261121100000_read_words_by_language.ts';
import { Migration20261121100100_create_word_index } from './Migration20261121100100_create_word_index.ts';
import { Migration20261121100200_keep_word_index } from './Migration20261121100200_keep_word_index.ts';
import { Migration20261121110000_queue_embeddings } from './Migration20261121110000_queue_embeddings.ts';
import { Migration20261121110200_choose_model } from './Migration20261121110200_choose_model.ts';
import { Migration20261121110100_note_who_runs_a_job } from './Migration20261121110100_note_who_runs_a_job.ts';
import { Migration20261121120000_mark_merged_versions } from './Migration20261121120000_mark_merged_versions.ts';
import { Migration20261121120100_find_duplicates } from './Migration20261121120100_find_duplicates.ts';
import { Migration20261121120200_keep_past_words } from './Migration20261121120200_keep_past_words.ts';
import { Migration20261121120300_weigh_past_words } from './Migration20261121120300_weigh_past_words.ts';
import { Migration20261121130000_seal_versions } from './Migration20261121130000_seal_versions.ts';
import { Migration20261121130200_keep_text_out_of_statistics } from './Migration20261121130200_keep_text_out_of_statistics.ts';
import { Migration20261121130300_list_by_person } from './Migration20261121130300_list_by_person.ts';
import { Migration20261121130400_keep_tags_of_versions } from './Migration20261121130400_keep_tags_of_versions.ts';
import { Migration20261121130500_number_models_once } from './Migration20261121130500_number_models_once.ts';
import { Migration20261121140000_cut_words_in_every_script } from './Migration20261121140000_cut_words_in_every_script.ts';
import { Migration20261121150000_find_specializations } from './Migration20261121150000_find_specializations.ts';
import { Migration20261122080000_gather_new_words } from './Migration20261122080000_gather_new_words.ts';

/**
 * In the order they are applied; never edited or taken out once a library may have seen them.
 * Each is named here as well, because bundlers rename classes and a library remembers the names.
 */
export const migrations: readonly MigrationObject[] = [
  {
    name: 'Migration20261121060000_create_user_and_setting',
    class: Migration20261121060000_create_user_and_setting,
  },
  {
    name: 'Migration20261121080000_create_session',
    class: Migration20261121080000_create_session,
  },
  {
    name: 'Migration20261121080100_create_document',
    class: Migration20261121080100_create_document,
  },
  {
    name: 'Migration20261121080200_create_memory',
    class: Migration20261121080200_create_memory,
  },
  {
    name: 'Migration20261121080300_create_memory_version',
    class: Migration20261121080300_create_memory_version,
  },
  {
    name: 'Migration20261121080400_create_tag',
    class: Migration20261121080400_create_tag,
  },
  {
    name: 'Migration20261121080500_create_memory_chunk',
    class: Migration20261121080500_create_memory_chunk,
  },
  {
    name: 'Migration20261121080600_create_specialization',
    class: Migration20261121080600_create_specialization,
  },
  {
    name: 'Migration20261121080700_create_saved_search',
    class: Migration20261121080700_create_saved_search,
  },
  {
    name: 'Migration20261121080800_create_job',
    class: Migration20261121080800_create_job,
  },
  {
    name: 'Migration20261121080900_create_audit_event',
    class: Migration20261121080900_create_audit_event,
  },
  {
    name: 'Migration20261121090000_note_rows_before_audit',
    class: Migration20261121090000_note_rows_before_audit,
  },
  {
    name: 'Migration20261121090100_index_rare_audit_events',
    class: Migration20261121090100_index_rare_audit_events,
  },
  {
    name: 'Migration20261121100000_read_words_by_language',
    class: Migration20261121100000_read_words_by_language,
  },
  {
    name: 'Migration20261121100100_create_word_index',
    class: Migration20261121100100_create_word_index,
  },
  {
    name: 'Migration20261121100200_keep_word_index',
    class: Migration20261121100200_keep_word_index,
  },
  {
    name: 'Migration20261121110000_queue_embeddings',
    class: Migration20261121110000_queue_embeddings,
  },
  {
    name: 'Migration20261121110100_note_who_runs_a_job',
    class: Migration20261121110100_note_who_runs_a_job,
  },
  {
    name: 'Migration20261121110200_choose_model',
    class: Migration20261121110200_choose_model,
  },
  {
    name: 'Migration20261121120000_mark_merged_versions',
    class: Migration20261121120000_mark_merged_versions,
  },
  {
    name: 'Migration20261121120100_find_duplicates',
    class: Migration20261121120100_find_duplicates,
  },
  {
    name: 'Migration20261121120200_keep_past_words',
    class: Migration20261121120200_keep_past_words,
  },
  {
    name: 'Migration20261121120300_weigh_past_words',
    class: Migration20261121120300_weigh_past_words,
  },
  {
    name: 'Migration20261121130000_seal_versions',
    class: Migration20261121130000_seal_versions,
  },
  {
    name: 'Migration20261121130200_keep_text_out_of_statistics',
    class: Migration20261121130200_keep_text_out_of_statistics,
  },
  {
    name: 'Migration20261121130300_list_by_person',
    class: Migration20261121130300_list_by_person,
  },
  {
    name: 'Migration20261121130400_keep_tags_of_versions',
    class: Migration20261121130400_keep_tags_of_versions,
  },
  {
    name: 'Migration20261121130500_number_models_once',
    class: Migration20261121130500_number_models_once,
  },
  {
    name: 'Migration20261121140000_cut_words_in_every_script',
    class: Migration20261121140000_cut_words_in_every_script,
  },
  {
    name: 'Migration20261121150000_find_specializations',
    class: Migration20261121150000_find_specializations,
  },
  {
    name: 'Migration20261122080000_gather_new_words',
    class: Migration20261122080000_gather_new_words,
  },
];
