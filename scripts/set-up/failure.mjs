import path from 'node:path';
import { log, logFile } from './log.mjs';
import { SetUpError } from './set-up-error.mjs';

/**
 * Every failure ends in one paragraph a person can act on.
 *
 * @param {unknown} error
 */
export function describeFailure(error) {
  const { what, why, advice } =
    error instanceof SetUpError
      ? error
      : {
          what: 'Set-up stopped at something it did not expect:',
          why: error instanceof Error ? error.message : String(error),
          advice: 'Run the same command again; what is done is kept.',
        };
  const where = remember(error) ? ` (More in ${path.relative(process.cwd(), logFile)}.)` : '';
  return `\n✗ ${[what, why].filter(Boolean).map(withStop).join(' ')}${where}\n  ${advice}`;
}

/** @param {unknown} error */
function remember(error) {
  try {
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return true;
  } catch {
    // On a full or read-only disk there is no log; the paragraph must appear all the same.
    return false;
  }
}

/** @param {string} text */
const withStop = (text) => (/[.:!?)]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`);
