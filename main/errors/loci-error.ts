import type { FailureCode } from '../../shared/ipc/result.ts';
import { textsIn, textsNow, type Texts } from '../../shared/texts/index.ts';

export interface LociErrorOptions {
  /** For `invalid_input` the offending fields, for `conflict` the current state. Crosses to the page. */
  readonly details?: unknown;
  /** What was caught. Goes to the log, never to the page. */
  readonly cause?: unknown;
}

/** A sentence for a person, in the language that is spoken when it is said. */
export type Sentence = string | ((texts: Texts) => string);

const said = (sentence: Sentence, texts: Texts): string =>
  typeof sentence === 'string' ? sentence : sentence(texts);

/** A failure that was meant for people: the router passes code, sentence and details on. The log has it in English. */
export class LociError extends Error {
  readonly code: FailureCode;
  readonly details: unknown;
  readonly #sentence: Sentence;

  constructor(code: FailureCode, sentence: Sentence, { details, cause }: LociErrorOptions = {}) {
    super(said(sentence, textsIn.en), cause === undefined ? undefined : { cause });
    this.name = 'LociError';
    this.code = code;
    this.details = details;
    this.#sentence = sentence;
  }

  /** As it is told to a person. */
  said(texts: Texts): string {
    return said(this.#sentence, texts);
  }
}

export type Thing =
  | 'memory'
  | 'session'
  | 'tag'
  | 'document'
  | 'specialization'
  | 'saved search'
  | 'version'
  | 'person'
  | 'job'
  | 'file'
  | 'folder'
  | 'model';

const gone: Readonly<Record<Thing, (texts: Texts) => string>> = {
  memory: (texts) => texts.failures.gone.memory,
  session: (texts) => texts.failures.gone.session,
  tag: (texts) => texts.failures.gone.tag,
  document: (texts) => texts.failures.gone.document,
  specialization: (texts) => texts.failures.gone.specialization,
  'saved search': (texts) => texts.failures.gone.savedSearch,
  version: (texts) => texts.failures.gone.version,
  person: (texts) => texts.failures.gone.person,
  job: (texts) => texts.failures.gone.job,
  file: (texts) => texts.failures.gone.file,
  folder: (texts) => texts.failures.gone.folder,
  model: (texts) => texts.failures.gone.model,
};

/** That it no longer exists. */
export const goneInWords = (what: Thing): Sentence => gone[what];

export function notFound(what: Thing, cause?: unknown): LociError {
  return new LociError('not_found', goneInWords(what), { cause });
}

/** `current` is the state that won: the page shows it beside what the person wanted to save. */
export function conflict(sentence: Sentence, current?: unknown): LociError {
  return new LociError('conflict', sentence, { details: current });
}

/** Names the field the way the router does for input that does not fit its schema. */
export function invalidInput(path: string, sentence: Sentence): LociError {
  return new LociError('invalid_input', sentence, {
    details: [{ path, message: said(sentence, textsNow()) }],
  });
}

/** Something Loci needs cannot be used now; the sentence says what to do about it. */
export function unavailable(sentence: Sentence, cause?: unknown): LociError {
  return new LociError('unavailable', sentence, { cause });
}
