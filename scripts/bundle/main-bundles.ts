import path from 'node:path';
import type { InputOptions } from 'rolldown';
import { root } from '../places.mjs';

export interface Bundle extends Pick<InputOptions, 'external' | 'platform' | 'resolve' | 'transform'> {
  readonly name: string;
  readonly input: string;
  readonly output: string;
}

const nothing = path.join(root, 'scripts/bundle/nothing.cjs');
/**
 * onnxruntime-node inside Electron dies on macOS by SIGTRAP (onnxruntime#29763): there its WebAssembly
 * sister stands in under its name. Not yet run on macOS.
 */
export const runsWasm = process.platform === 'darwin';

export const mainBundles: readonly Bundle[] = [
  {
    name: 'index',
    input: 'main/index.ts',
    output: 'main',
    platform: 'node',
    external: ['electron', /^electron\//, ...unusedDrivers()],
  },
  {
    name: 'embedding-worker',
    input: 'main/embedding/embedding-worker.ts',
    output: 'main',
    platform: 'node',
    external: runsWasm ? [] : ['onnxruntime-node'],
    resolve: {
      alias: {
        // Pictures are not what we embed.
        sharp: nothing,
        ...(runsWasm ? { 'onnxruntime-node': 'onnxruntime-web' } : { 'onnxruntime-web': nothing }),
      },
    },
  },
  {
    name: 'index',
    input: 'main/preload/index.ts',
    output: 'preload',
    platform: 'node',
    external: ['electron'],
  },
];

/** Packages that pg and the ORM ask for only if someone else installed them. */
function unusedDrivers(): string[] {
  return ['pg-native', 'pg-cloudflare', 'dotenv'];
}
