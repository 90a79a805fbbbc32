import path from 'node:path';
import { modelDir, root } from '../places.mjs';
import { run } from './command.mjs';
import { contentOf } from './step.mjs';

/** @type {import('./step.mjs').Step} */
export const modelStep = {
  name: 'model',
  doing: 'Making the embedding model from its npm weights',
  inputs: () => [contentOf(path.join(root, 'scripts/model'), (name) => /\.(mjs|json)$/.test(name))],
  outputs: [path.join(modelDir, 'all-MiniLM-L6-v2', 'manifest.json')],
  async make() {
    // A process of its own: the conversion holds some hundred megabytes for a few seconds.
    await run(process.execPath, [path.join(root, 'scripts/model/convert.mjs'), modelDir], {
      cwd: root,
      what: 'The embedding model could not be made.',
      advice: 'Delete node_modules/@lat.md and build/stamps/packages and run the same command again.',
    });
  },
};
