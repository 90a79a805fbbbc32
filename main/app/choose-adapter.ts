import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { AdapterQuestion } from '../specializations/adapter-service.ts';

const options: Readonly<Record<AdapterQuestion, OpenDialogOptions>> = {
  file: {
    title: 'Choose an adapter',
    buttonLabel: 'Use this file',
    properties: ['openFile'],
    filters: [
      { name: 'Adapters', extensions: ['safetensors', 'gguf', 'json'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: {
    title: 'Choose the folder of an adapter',
    buttonLabel: 'Use this folder',
    properties: ['openDirectory'],
  },
  scan: {
    title: 'Choose a folder with adapters in it',
    buttonLabel: 'Look through this folder',
    properties: ['openDirectory'],
  },
};

/** Asks the person, before the window they are in; undefined when they chose none. */
export async function chooseAdapter(question: AdapterQuestion): Promise<string | undefined> {
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options[question])
    : dialog.showOpenDialog(options[question]));
  return filePaths[0];
}
