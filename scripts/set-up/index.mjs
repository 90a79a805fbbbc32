import path from 'node:path';
import { buildDir } from '../places.mjs';
import { appStep } from './app.mjs';
import { electronStep } from './electron.mjs';
import { endLeftovers } from './leftovers.mjs';
import { modelStep } from './model.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { packagesStep } from './packages.mjs';
import { postgresStep } from './postgres.mjs';
import { runStep } from './step.mjs';
import { systemStep } from './system.mjs';

/** What any Node can do on a fresh clone, and what needs the packages. */
const steps = {
  ground: [systemStep, packagesStep],
  app: [electronStep, postgresStep, modelStep, appStep],
};

/**
 * Makes what is missing, in order; what is in place is skipped.
 *
 * @param {keyof typeof steps} part
 * @returns {Promise<boolean>} whether anything was missing
 */
export function setUp(part) {
  return oneAtATime(path.join(buildDir, 'set-up.lock'), async () => {
    await endLeftovers();
    let worked = false;
    for (const step of steps[part]) worked = (await runStep(step)) || worked;
    return worked;
  });
}
