import { app } from 'electron';
import path from 'node:path';
import { usualDataDir } from '../backup/usual-data-dir.ts';
import { libraryDirOf } from './library-location.ts';

export interface Paths {
  /** What Electron itself keeps: window state, caches. Losing it loses nothing of a person's. */
  readonly profile: string;
  /** Of all that Loci keeps. */
  readonly data: string;
  /** The database and everything a person wrote. */
  readonly library: string;
  readonly logs: string;
  /** What ships beside the app: the server and the model. */
  readonly server: string;
  readonly model: string;
  readonly icon: string;
  /** The bundles. */
  readonly page: string;
  readonly preload: string;
  readonly embeddingWorker: string;
  /** The model's runtime where native code cannot be used. */
  readonly wasm: string;
}

/**
 * Where everything is. `LOCI_DATA_DIR` moves all that the app writes into one folder: a portable
 * install, or a test that must not touch a person's library.
 *
 * Must run before Electron is ready: it decides where Electron's own profile goes.
 */
export function choosePaths(): Paths {
  const chosen = process.env['LOCI_DATA_DIR'];
  const data = usualDataDir();
  if (chosen || process.platform === 'win32') app.setPath('userData', path.join(data, 'profile'));
  if (chosen) app.setAppLogsPath(path.join(data, 'logs'));
  const bundles = path.join(app.getAppPath(), 'build', 'app');
  const shipped = app.isPackaged ? process.resourcesPath : path.join(app.getAppPath(), 'build');
  return {
    profile: app.getPath('userData'),
    data,
    library: libraryDirOf(data),
    logs: app.getPath('logs'),
    server: path.join(shipped, 'postgres'),
    model: path.join(shipped, 'model', 'all-MiniLM-L6-v2'),
    icon: path.join(app.getAppPath(), 'resources', 'icons', '256x256.png'),
    page: path.join(bundles, 'renderer'),
    preload: path.join(bundles, 'preload', 'index.cjs'),
    embeddingWorker: path.join(bundles, 'main', 'embedding-worker.cjs'),
    wasm: path.join(bundles, 'main', 'node_modules', 'onnxruntime-web', 'dist'),
  };
}
