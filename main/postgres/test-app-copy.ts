import { chmod, copyFile, cp } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'rolldown';
import { binariesDir } from './testing.ts';

/** The program of `test-app.ts` in a place of its own, with all it needs to run. */
export interface TestAppCopy {
  readonly node: string;
  readonly script: string;
  readonly binariesDir: string;
}

/**
 * Lays a copy into the given folder for another user of the system to run: the checkout may lie where only its
 * owner may look.
 */
export async function copyTestApp(dir: string): Promise<TestAppCopy> {
  await chmod(dir, 0o755);
  const copy = {
    node: await copyNode(dir),
    script: path.join(dir, 'test-app.mjs'),
    binariesDir: path.join(dir, 'postgres'),
  };
  await cp(binariesDir, copy.binariesDir, { recursive: true });
  await build({
    input: path.join(import.meta.dirname, 'test-app.ts'),
    output: { file: copy.script, format: 'esm' },
    platform: 'node',
    // Asked for only where it is there.
    external: ['electron', 'pg-native'],
    logLevel: 'warn',
  });
  return copy;
}

export async function copyNode(dir: string): Promise<string> {
  const node = path.join(dir, 'node');
  await copyFile(process.execPath, node);
  return node;
}
