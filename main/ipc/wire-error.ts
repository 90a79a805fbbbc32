import { z } from 'zod';
import { languageNow, textsNow } from '../../shared/texts/index.ts';
import type { WireFailure } from '../../shared/ipc/result.ts';
import { LociError } from '../errors/loci-error.ts';

/** Gives an error of a lower layer its meaning for a person; nothing when it has none. */
export type ExplainError = (error: unknown) => LociError | undefined;

export const unknownChannelFailure = (): WireFailure => ({
  code: 'invalid_input',
  message: textsNow().failures.unknownAction,
});

const german = z.locales.de().localeError;

/** What does not fit, where its schema has no sentence of its own; English is what schemas speak by themselves. */
export const issueInWords: z.core.$ZodErrorMap = (issue) =>
  languageNow() === 'de' ? german(issue) : undefined;

/** Names the fields and what is wrong with them, never the values: those may be a person's text. */
export function invalidInputFailure(error: z.ZodError): WireFailure {
  return {
    code: 'invalid_input',
    message: textsNow().failures.badRequest,
    details: error.issues
      .slice(0, 20)
      .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
  };
}

/** What we meant to say crosses as it is; everything else is masked, so that no path, SQL or stack leaves main. */
export function toWireFailure(error: unknown, explain: ExplainError): WireFailure {
  const known = error instanceof LociError ? error : explain(error);
  if (!known) {
    return { code: 'internal', message: textsNow().failures.internal };
  }
  return {
    code: known.code,
    message: known.said(textsNow()),
    ...(known.details === undefined ? {} : { details: known.details }),
  };
}
