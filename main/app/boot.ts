import { app, session, shell } from 'electron';
import type { Contract } from '../../shared/ipc/contract.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { startEmbedder } from '../embedding/embedder.ts';
import { startUtilityWorker } from '../embedding/worker-host.ts';
import { broadcast, serveRouter } from '../ipc/electron-transport.ts';
import { createRouter } from '../ipc/router.ts';
import { openFileLog } from '../logging/file-log.ts';
import { manageLibrary } from './library-keeper.ts';
import { manageLifecycle } from './lifecycle.ts';
import { meaningOf } from './meaning.ts';
import { installMenu } from './menu.ts';
import { choosePaths } from './paths.ts';
import { registerAppScheme, serveAppScheme } from './protocol.ts';
import { reportSystem } from './report.ts';
import { lockDownContents, lockDownSession } from './security.ts';
import { createStatusBoard } from './status.ts';
import { createMainWindow } from './window.ts';

/**
 * Composes the app. Order matters: what Electron must know before it is ready, then the
 * single-instance lock, then library and window side by side, so that neither waits for the other.
 */
export function boot(): void {
  // Root has to start Chromium without its sandbox; insisting on it would only crash its processes.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  forgetClientSettings();
  registerAppScheme();
  const paths = choosePaths();
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }

  const log = openFileLog({ dir: paths.logs, name: 'main', echo: process.env['LOCI_LOG_ECHO'] === '1' });
  log.info('Starting', {
    app: app.getVersion(),
    electron: process.versions.electron,
    platform: process.platform,
  });

  const status = createStatusBoard((now) => broadcast('app:status', now));
  const window = createMainWindow(paths);
  const embedder = startEmbedder({
    host: () => startUtilityWorker(paths.embeddingWorker, paths.wasm),
    modelDir: paths.model,
    // The model takes a core for a while; what a person sees comes first.
    startWhen: window.whenShown(),
    log,
  });
  embedder.onStatus((now) => status.meaning(meaningOf(now)));
  const library = manageLibrary({
    paths,
    log,
    status,
    embedder,
    appVersion: app.getVersion(),
    // A knock may come before Electron can open windows.
    onKnock: () => void app.whenReady().then(() => window.show()),
    whenPainted: () => window.whenShown(),
    onOpenElsewhere: () => {
      log.info('The library is open in another Loci');
      app.quit();
    },
    onSettings: (settings) => {
      window.applyTheme(settings['appearance.theme']);
      broadcast('settings:changed', settings);
    },
    onSwitch: (userId) => broadcast('user:switched', { userId }),
    onJob: (job) => broadcast('job:changed', job),
    onEmbeddings: (progress) => broadcast('embeddings:progress', progress),
    onChanges: (changes) => broadcast('library:changed', changes),
  });
  const lifecycle = manageLifecycle({
    log,
    close: async () => {
      window.rememberPlace();
      status.closing();
      await Promise.all([library.close(), embedder.stop()]);
    },
  });
  app.on('second-instance', () => {
    // Whoever starts Loci while it is closing wants it open afterwards.
    if (lifecycle.isClosing()) lifecycle.startAgain();
    else void app.whenReady().then(() => window.show());
  });
  app.on('activate', () => {
    if (!lifecycle.isClosing()) window.show();
  });
  lockDownContents(log);

  const open = async (folder: string) => {
    const failure = await shell.openPath(folder);
    if (failure) log.warn('The file manager could not show a folder', { failure });
    return undefined;
  };
  const openLogs = () => open(paths.logs);
  const openLibraryFolder = () => open(paths.library);
  const handlers: Handlers<Contract> = {
    app: {
      status: async () => status.current(),
      report: async () => reportSystem(library.current(), paths.library, embedder.status()),
      openLogs,
      openLibraryFolder,
      retry: async () => {
        library.open();
        return undefined;
      },
    },
    ...library.handlers,
  };
  serveRouter(createRouter({ ...library, contract, handlers, log }), log);

  library.open();
  // Not a top-level await: Electron is ready only after the main module has been evaluated.
  void app.whenReady().then(() => {
    lockDownSession(session.defaultSession, log);
    serveAppScheme(paths.page);
    installMenu({ openLogs, openLibraryFolder });
    window.show();
  });
}

/**
 * The PostgreSQL client fills what it is not told from variables like PGOPTIONS and PGSSLMODE, which
 * a person may have set for another server. With a server of their own for Loci they may mean it.
 */
function forgetClientSettings(): void {
  if (process.env['LOCI_DATABASE_URL']) return;
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]/.test(name)) delete process.env[name];
}
