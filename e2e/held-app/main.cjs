// Runs the app in whose folder it lies, but tells it that Electron is ready only once Playwright watches.
//
// Playwright attaches while the app starts. If it does so at the very moment at which the window gets its
// page, Chromium shows it the empty document from before and never reports the change, and Playwright waits
// for that report for ever (microsoft/playwright#17765). Its own remedy is much the same as this; it leaves
// that out when it is told which Electron to start, and would also change how Chromium behaves.
const { app } = require('electron');
const path = require('node:path');

const ready = app.whenReady();
const emit = app.emit.bind(app);
let readyEvent = [];
let isReleased = false;
const released = new Promise((resolve) => {
  globalThis.releaseLoci = async () => {
    await ready;
    isReleased = true;
    resolve();
    emit('ready', ...readyEvent);
  };
});
app.isReady = () => isReleased;
app.whenReady = () => released;
app.emit = (event, ...rest) => {
  if (event !== 'ready') return emit(event, ...rest);
  readyEvent = rest;
  return app.listenerCount('ready') > 0;
};

// From here on as if Electron had been given the app itself.
const appDir = path.join(__dirname, '..', '..');
const { productName, version, main } = require(path.join(appDir, 'package.json'));
app.setName(productName);
app.setVersion(version);
app.setAppPath(appDir);
require(path.join(appDir, main));
