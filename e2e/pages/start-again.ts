import { spawn } from 'node:child_process';
import { electronExecutable, root } from '../../scripts/places.mjs';
import { machineArgs } from '../fixtures.ts';

/** Starts Loci again from outside, as a second click, a link or a file would, and waits until it has gone. */
export function startAgain(
  args: readonly string[],
  env: Record<string, string | undefined>,
  opening: readonly string[] = [],
): Promise<number | null> {
  const child = spawn(electronExecutable, [...machineArgs(), ...args, root, ...opening], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.once('exit', resolve));
}
