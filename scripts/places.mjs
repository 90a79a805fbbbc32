/**
 * Where set-up puts what it makes. Plain JavaScript without dependencies: it runs on Node 20,
 * before any package is installed.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Everything set-up makes; delete it and the next `npm start` makes it again. */
export const buildDir = path.join(root, 'build');
/** The Electron this machine runs, official or fallback. */
export const electronDir = path.join(buildDir, 'electron');
export const electronExecutable = path.join(
  electronDir,
  process.platform === 'darwin'
    ? 'Electron.app/Contents/MacOS/Electron'
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron',
);
/** The server with its extensions, in the form it ships in. */
export const postgresDir = path.join(buildDir, 'postgres');
/** The embedding model, in the form it ships in. */
export const modelDir = path.join(buildDir, 'model');
export const shippedModelDir = path.join(modelDir, 'all-MiniLM-L6-v2');
/** The bundled app: main/, preload/, renderer/. */
export const appDir = path.join(buildDir, 'app');
/** Downloads, checked by hash, kept so that an interrupted set-up resumes. */
export const downloadsDir = path.join(buildDir, 'downloads');
