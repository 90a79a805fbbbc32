// Runs inside Electron, before the app, in place of its main module: notes when things happen and
// tells the benchmark on standard output. The app itself knows nothing of it.
const { app } = require('electron');

const blank = process.env.LOCI_BENCH_BLANK !== undefined;
const tell = (what, at) => process.stdout.write(`probe ${JSON.stringify({ what, at })}\n`);
const now = () => performance.timeOrigin + performance.now();
tell('main', now());

app.on('browser-window-created', (_event, window) => {
  window.once('show', () => tell('shown', now()));
  window.webContents.once('did-finish-load', async () => {
    // The page's own paint clock; asked for until the first frame is out.
    const painted = await window.webContents.executeJavaScript(`new Promise((done) => {
      new PerformanceObserver((list) => {
        const first = list.getEntries().find((entry) => entry.name === 'first-contentful-paint');
        if (first) done(performance.timeOrigin + first.startTime);
      }).observe({ type: 'paint', buffered: true });
    })`);
    tell('painted', painted);
  });
  if (blank) return;
  // What the page knows is what the person sees.
  window.webContents.once('dom-ready', () => {
    for (const [what, reached] of [
      ['ready', "status.phase === 'ready'"],
      ['embeddings', "status.phase === 'ready' && status.meaning.state === 'ready'"],
    ]) {
      const asked = `new Promise((done) => {
        const check = (status) => { if (${reached}) done(performance.timeOrigin + performance.now()); };
        window.loci.listen('app:status', check);
        window.loci.invoke('app.status').then((result) => check(result.value));
      })`;
      void window.webContents.executeJavaScript(asked).then((at) => tell(what, at));
    }
  });
});

if (blank) {
  const { BrowserWindow } = require('electron');
  void app.whenReady().then(() => {
    const window = new BrowserWindow({ width: 1280, height: 800 });
    void window.loadURL('data:text/html,<title>blank</title><p>blank');
  });
} else {
  require(process.env.LOCI_BENCH_MAIN);
}
