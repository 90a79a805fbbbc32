import path from 'node:path';
import { appDir, root } from '../places.mjs';
import { run } from './command.mjs';
import { SetUpError } from './set-up-error.mjs';
import { contentOf } from './step.mjs';

const isSource = (/** @type {string} */ name) =>
  /\.(ts|tsx|css|html|svg|json)$/.test(name) && !name.endsWith('.test.ts');

/** @type {import('./step.mjs').Step} */
export const appStep = {
  name: 'app',
  doing: 'Building the app',
  inputs: () => [
    ...['main', 'migrations', 'renderer', 'shared', 'scripts/bundle'].map((dir) =>
      contentOf(path.join(root, dir), isSource),
    ),
    contentOf(path.join(root, 'scripts', 'check-texts.mjs')),
    contentOf(path.join(root, 'package-lock.json')),
  ],
  outputs: [
    path.join(appDir, 'main', 'index.cjs'),
    path.join(appDir, 'main', 'embedding-worker.cjs'),
    path.join(appDir, 'preload', 'index.cjs'),
    path.join(appDir, 'renderer', 'index.html'),
  ],
  async make() {
    const { checkTexts } = await import('../check-texts.mjs');
    const amiss = await checkTexts();
    if (amiss.length > 0)
      throw new SetUpError(
        'The texts of the app are not all there, or not all used.',
        amiss.join('\n'),
        'Mend shared/texts and run the same command again.',
      );
    // A process of its own, on the packaged Node, which reads TypeScript as it is.
    await run(process.execPath, [path.join(root, 'scripts/bundle/bundle.ts')], {
      cwd: root,
      what: 'The app could not be bundled.',
      advice: 'Mend the source it names and run the same command again.',
    });
  },
};
