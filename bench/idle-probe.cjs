// Runs inside Electron, before the app, in place of its main module: does to the windows what the benchmark asks for
// on standard input, and answers on standard output. Nothing of a debugger is in the app that is measured.
const { BrowserWindow } = require('electron');
const readline = require('node:readline');

const deeds = {
  page: (code) => BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(code),
  close: () => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  },
};

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, deed, code } = JSON.parse(line);
  let answer;
  try {
    answer = { value: await deeds[deed](code) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(`probe ${JSON.stringify({ id, ...answer })}\n`);
});

require(process.env.LOCI_BENCH_MAIN);
