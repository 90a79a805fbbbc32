import fs from 'node:fs';
import path from 'node:path';
import { buildDir } from '../places.mjs';
import { SetUpError } from './set-up-error.mjs';

const logFile = path.join(buildDir, 'set-up.log');

/**
 * Every failure ends in one paragraph a person can act on.
 *
 * @param {unknown} error
 */
export function describeFailure(error) {
  if (error instanceof SetUpError) return `\n✗ ${error.what} ${error.why}\n  ${error.advice}`;
  fs.mkdirSync(buildDir, { recursive: true });
  fs.appendFileSync(
    logFile,
    `${new Date().toISOString()} ${error instanceof Error ? error.stack : String(error)}\n`,
  );
  const why = error instanceof Error ? error.message : String(error);
  return `\n✗ Set-up stopped at something it did not expect: ${why}\n  Run the same command again; what is done is kept. If it stays so, ${path.relative(process.cwd(), logFile)} has the details.`;
}
