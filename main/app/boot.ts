import { app, session, shell } from 'electron';
import type { Contract } from '../../shared/ipc/contract.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { type EmbedderOptions, startEmbedder } from '../embedding/embedder.ts';
import { switchableEmbedder } from '../embedding/switchable-embedder.ts';
import { startUtilityWorker } from '../embedding/worker-host.ts';
import { broadcast, serveDropped, serveRouter } from '../ipc/electron-transport.ts';
import { createRouter } from '../ipc/router.ts';
import { openFileLog } from '../logging/file-log.ts';
import { captureLinkIn, linkScheme, textOfCaptureLink } from './capture-link.ts';
import { keepCaptureShortcut } from './capture-shortcut.ts';
import { createCaptureWindow } from './capture-window.ts';
import { chooseAdapter } from './choose-adapter.ts';
import { chooseSavePlace } from './choose-save-place.ts';
import { chooseModelFolder } from './choose-model-folder.ts';
import { DroppedFiles } from './dropped-files.ts';
import { createHandedFiles, filesIn } from './handed-files.ts';
import { manageLibrary } from './library-keeper.ts';
import { Links } from './links.ts';
import { manageLifecycle } from './lifecycle.ts';
import { meaningOf } from './meaning.ts';
import { installMenu } from './menu.ts';
import { choosePaths } from './paths.ts';
import { registerAppScheme, serveAppScheme } from './protocol.ts';
import { reportSystem } from './report.ts';
import { lockDownContents, lockDownSession } from './security.ts';
import { createStatusBoard } from './status.ts';
import { createUnsavedBoard } from './unsaved.ts';
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
  const capture = createCaptureWindow({ paths, tell: (opening) => broadcast('capture:opening', opening) });
  const shortcut = keepCaptureShortcut(() => capture.toggle(), log);
  const window = createMainWindow({
    paths,
    log,
    onClosed() {
      // Or the app would go on without a window that anyone can see.
      if (process.platform !== 'darwin') capture.close();
    },
  });
  const unsaved = createUnsavedBoard(() => broadcast('app:leaving', null));
  const startModel = (modelDir: string, options: Pick<EmbedderOptions, 'isPinned' | 'startWhen'>) =>
    startEmbedder({
      host: () => startUtilityWorker(paths.embeddingWorker, paths.wasm),
      modelDir,
      log,
      ...options,
    });
  // The model takes a core for a while; what a person sees comes first.
  const embedder = switchableEmbedder(startModel(paths.model, { startWhen: window.whenShown() }));
  embedder.onStatus((now) => status.meaning(meaningOf(now)));
  const dropped = new DroppedFiles();
  const library = manageLibrary({
    paths,
    log,
    status,
    embedder,
    startModel,
    chooseFolder: chooseModelFolder,
    chooseAdapter,
    chooseSavePlace,
    dropped: (token) => dropped.placeOf(token),
    appVersion: app.getVersion(),
    // A knock may come before Electron can open windows.
    onKnock: () => void app.whenReady().then(() => window.show()),
    whenRead: () => window.whenRead(),
    whenPainted: () => window.whenShown(),
    onOpenElsewhere: () => {
      log.info('The library is open in another Loci');
      app.quit();
    },
    onSettings: (settings) => {
      window.applyTheme(settings['appearance.theme']);
      shortcut.set(settings['capture.shortcut']);
      capture.setFromClipboard(settings['capture.fromClipboard']);
      broadcast('settings:changed', settings);
    },
    onSwitch: (userId) => broadcast('user:switched', { userId }),
    onJob: (job) => broadcast('job:changed', job),
    onDuplicates: () => broadcast('duplicates:changed', null),
    onEmbeddings: (progress) => broadcast('embeddings:progress', progress),
    onChanges: (changes) => broadcast('library:changed', changes),
  });
  const lifecycle = manageLifecycle({
    log,
    close: async () => {
      window.rememberPlace();
      await unsaved.settle();
      status.closing();
      await Promise.all([library.close(), embedder.stop()]);
    },
  });
  const follow = (address: string) => {
    const text = textOfCaptureLink(address);
    if (text === undefined) log.warn('A link brought nothing that can be kept');
    else void app.whenReady().then(() => capture.open({ fromLink: text }));
  };
  const handedFiles = createHandedFiles(() => broadcast('capture:files', null));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    void handedFiles.bring([file]);
  });
  app.on('second-instance', (_event, args, folder) => {
    const link = captureLinkIn(args);
    void handedFiles.bring(filesIn(args, folder, app.getAppPath()));
    // Whoever starts Loci while it is closing wants it open afterwards.
    if (lifecycle.isClosing()) lifecycle.startAgain();
    else if (link !== undefined) follow(link);
    else void app.whenReady().then(() => window.show());
  });
  app.on('open-url', (event, address) => {
    event.preventDefault();
    follow(address);
  });
  // The installer says so too; a development build must not take the links of an installed one.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
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
  const links = new Links({ log, settings: () => library.current().settings });
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
      openLink: async ({ url }) => ({ outcome: await links.open(url) }),
      forgetLinkHost: async ({ host }) => {
        await links.forget(host);
        return undefined;
      },
      unsaved: async ({ page, has }) => {
        unsaved.note(page, has);
        return undefined;
      },
    },
    capture: {
      opening: async () => capture.opening(),
      shortcut: async () => shortcut.current(),
      open: async () => {
        await capture.open();
        return undefined;
      },
      hide: async () => {
        capture.hide();
        return undefined;
      },
      takeFiles: async () => handedFiles.take(),
    },
    ...library.handlers,
  };
  serveRouter(createRouter({ ...library, contract, handlers, log }), log);
  serveDropped((places) => dropped.keep(places));

  library.open();
  // Not a top-level await: Electron is ready only after the main module has been evaluated.
  void app.whenReady().then(() => {
    lockDownSession(session.defaultSession, log);
    serveAppScheme(paths.page);
    installMenu({ openLogs, openLibraryFolder });
    window.show();
    const link = captureLinkIn(process.argv);
    if (link !== undefined) follow(link);
    void handedFiles.bring(filesIn(process.argv, process.cwd(), app.getAppPath()));
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
