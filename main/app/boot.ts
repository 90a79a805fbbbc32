import { app, BrowserWindow, Notification, session, shell } from 'electron';
import path from 'node:path';
import type { CommandId } from '../../shared/commands/commands.ts';
import type { Contract } from '../../shared/ipc/contract.ts';
import { contract } from '../../shared/ipc/contract.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import { languageNow } from '../../shared/texts/index.ts';
import { defaultSettings, type Settings } from '../../shared/schemas/settings.ts';
import { type EmbedderOptions, startEmbedder } from '../embedding/embedder.ts';
import { switchableEmbedder } from '../embedding/switchable-embedder.ts';
import { startUtilityWorker } from '../embedding/worker-host.ts';
import { broadcast, serveDropped, serveRouter, tellWindow } from '../ipc/electron-transport.ts';
import { createRouter } from '../ipc/router.ts';
import { openFileLog } from '../logging/file-log.ts';
import { captureLinkIn, linkScheme, textOfCaptureLink } from './capture-link.ts';
import { keepCaptureShortcut } from './capture-shortcut.ts';
import { createCaptureWindow } from './capture-window.ts';
import { chooseAdapter } from './choose-adapter.ts';
import { chooseLibraryFolder } from './choose-library-folder.ts';
import { chooseSavePlace } from './choose-save-place.ts';
import { chooseModelFolder } from './choose-model-folder.ts';
import { DroppedFiles } from './dropped-files.ts';
import { createHandedFiles, filesIn } from './handed-files.ts';
import { manageLibrary } from './library-keeper.ts';
import { Links } from './links.ts';
import { manageLifecycle } from './lifecycle.ts';
import { followLongWork } from './long-work.ts';
import { readLicences } from './licences.ts';
import { keepLanguage } from './language.ts';
import { meaningOf } from './meaning.ts';
import { installMenu } from './menu.ts';
import { choosePaths } from './paths.ts';
import { registerAppScheme, serveAppScheme } from './protocol.ts';
import { reportSystem } from './report.ts';
import { lockDownContents, lockDownSession } from './security.ts';
import { recentMemories } from './recent-memories.ts';
import { createStatusBoard } from './status.ts';
import { createTray } from './tray.ts';
import { createUnsavedBoard } from './unsaved.ts';
import { keepUpToDate } from './updates.ts';
import { createMainWindow } from './window.ts';

/**
 * Composes the app. Order matters: what Electron must know before it is ready, then the
 * single-instance lock, then library and window side by side, so that neither waits for the other.
 */
export function boot(): void {
  // Root has to start Chromium without its sandbox; insisting on it would only crash its processes.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  forgetClientSettings();
  standSomewhere();
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
      if (!staysOpen()) capture.close();
    },
  });
  const language = keepLanguage(window.rememberedLanguage(), (now) => {
    if (app.isReady()) applySettings();
    tray.refresh();
    broadcast('app:language', now);
  });
  let settings: Settings = defaultSettings;
  // A Mac keeps every app until it is quit.
  const staysOpen = () => process.platform === 'darwin' || settings['app.inBackground'];
  /** For the page of a window that is not there yet. */
  let waiting: CommandId | undefined;
  function run(id: CommandId): void {
    const here = runHere[id];
    if (here) void here();
    else runInWindow(id);
  }
  function runInWindow(id: CommandId): void {
    const front = window.latest();
    if (front) tellWindow(front, 'command:run', { id });
    else waiting = id;
    window.show();
  }
  const tray = createTray({
    log,
    run,
    show: () => window.show(),
    open: (id) => window.showAt(`#/memories?open=${id}`),
    recent: () => recentMemories(library.current()),
  });
  const longWork = followLongWork({
    onProgress(share) {
      for (const each of window.all()) each.setProgressBar(share === null ? -1 : (share ?? 2));
    },
    notify(title, body) {
      if (!settings['jobs.notify'] || BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', () => runInWindow('app.jobs'));
      notification.show();
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
    showFolder: (folder) => open(folder),
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
    onSettings: (now) => {
      settings = now;
      window.applyTheme(now['appearance.theme']);
      window.applyTextSize(now['appearance.textSize']);
      window.rememberLanguage(now['appearance.language']);
      language.choose(now['appearance.language']);
      shortcut.set(now['capture.shortcut']);
      capture.setFromClipboard(now['capture.fromClipboard']);
      updates.setLooking(now['updates.look']);
      if (app.isReady()) applySettings();
      broadcast('settings:changed', now);
    },
    onSwitch: (userId) => {
      longWork.forget();
      tray.refresh();
      broadcast('user:switched', { userId });
    },
    onJob: (job) => {
      longWork.job(job);
      broadcast('job:changed', job);
    },
    onDuplicates: () => broadcast('duplicates:changed', null),
    onEmbeddings: (progress) => {
      longWork.reading(progress);
      broadcast('embeddings:progress', progress);
    },
    onChanges: (changes) => {
      tray.refresh();
      broadcast('library:changed', changes);
    },
  });
  /** What only a system that is ready can be told. */
  function applySettings(): void {
    installMenu({ chosen: settings['shortcuts.chosen'], captureKeys: settings['capture.shortcut'], run });
    tray.setShown(settings['app.inBackground']);
  }
  const lifecycle = manageLifecycle({
    log,
    staysOpen,
    close: async () => {
      window.rememberPlace();
      await unsaved.settle();
      // How lists were left is the page's to remember; nobody waits for it to reach the disk otherwise.
      if (app.isReady()) session.defaultSession.flushStorageData();
      status.closing();
      await Promise.all([library.close(), embedder.stop()]);
    },
  });
  const updates = keepUpToDate({
    log,
    tell: (state) => broadcast('app:update', state),
    leaveFor: lifecycle.leaveFor,
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
  // A development build must not take the links of an installed one, and a portable one leaves nothing with Windows. On
  // Linux it is the package that says so.
  const isPortable = process.env['PORTABLE_EXECUTABLE_DIR'] !== undefined;
  if (app.isPackaged && process.platform !== 'linux' && !isPortable)
    app.setAsDefaultProtocolClient(linkScheme);
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
  const openLibraryFolder = () => open(library.location());
  /** What needs no page: it can be done while the library is not open, too. */
  const runHere: Partial<Record<CommandId, () => unknown>> = {
    'capture.open': () => capture.open(),
    'app.newWindow': () => window.openAnother(),
    'app.quit': () => app.quit(),
    'help.libraryFolder': openLibraryFolder,
    'help.logs': openLogs,
    'view.fullScreen': () => toggleFullScreen(),
  };
  function toggleFullScreen(): void {
    const front = window.latest();
    front?.setFullScreen(!front.isFullScreen());
  }
  const links = new Links({ log, settings: () => library.current().settings });
  const handlers: Handlers<Contract> = {
    app: {
      status: async () => status.current(),
      language: async () => languageNow(),
      report: async () => reportSystem(library.current(), library.location(), embedder.status()),
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
      act: async ({ deed }) => {
        if (deed === 'fullScreen') toggleFullScreen();
        else if (deed === 'newWindow') window.openAnother();
        // After the answer: what is asked of a window that goes is never heard.
        else setImmediate(() => app.quit());
        return undefined;
      },
      takeCommand: async () => {
        const taken = waiting ?? null;
        waiting = undefined;
        return taken;
      },
      moveLibrary: async () => {
        const to = await chooseLibraryFolder();
        if (to === undefined) return null;
        await library.move(to);
        return { location: library.location() };
      },
      licences: () => readLicences(app.getAppPath()),
      update: async () => updates.current(),
      checkForUpdate: async () => {
        // It tells by itself how it goes, for minutes perhaps.
        void updates.check();
        return undefined;
      },
      installUpdate: async () => {
        updates.install();
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
    applySettings();
    window.show();
    const link = captureLinkIn(process.argv);
    if (link !== undefined) follow(link);
    void handedFiles.bring(filesIn(process.argv, process.cwd(), app.getAppPath()));
  });
}

/** Started in a folder that has been deleted since, many a library of ours would fail to load. */
function standSomewhere(): void {
  try {
    process.cwd();
  } catch {
    process.chdir(path.parse(process.execPath).root);
  }
}

/**
 * The PostgreSQL client fills what it is not told from variables like PGOPTIONS and PGSSLMODE, which
 * a person may have set for another server. With a server of their own for Loci they may mean it.
 */
function forgetClientSettings(): void {
  if (process.env['LOCI_DATABASE_URL']) return;
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]/.test(name)) delete process.env[name];
}
