import { execFileSync } from 'node:child_process';
import { root } from '../places.mjs';

/**
 * The time that files in packages carry: of the commit, so that the same sources make the same package. As
 * reproducible-builds.org has it, SOURCE_DATE_EPOCH goes before.
 */
export function buildDate(): Date {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given && /^\d+$/.test(given)) return new Date(Number(given) * 1000);
  try {
    const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
    return new Date(Number(seconds) * 1000);
  } catch {
    // Sources without their history: a fixed day is still the same for everyone.
    return new Date('2026-01-01T00:00:00Z');
  }
}
