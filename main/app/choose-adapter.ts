import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import { textsNow, type Texts } from '../../shared/texts/index.ts';
import type { AdapterQuestion } from '../specializations/adapter-service.ts';

const optionsIn = (texts: Texts): Readonly<Record<AdapterQuestion, OpenDialogOptions>> => ({
  file: {
    title: texts.dialogs.chooseAdapter,
    buttonLabel: texts.dialogs.useFile,
    properties: ['openFile'],
    filters: [
      { name: texts.dialogs.adapters, extensions: ['safetensors', 'gguf', 'json'] },
      { name: texts.dialogs.allFiles, extensions: ['*'] },
    ],
  },
  folder: {
    title: texts.dialogs.chooseAdapterFolder,
    buttonLabel: texts.dialogs.useFolder,
    properties: ['openDirectory'],
  },
  scan: {
    title: texts.dialogs.chooseFolderToScan,
    buttonLabel: texts.dialogs.lookThrough,
    properties: ['openDirectory'],
  },
});

/** Asks the person, before the window they are in; undefined when they chose none. */
export async function chooseAdapter(question: AdapterQuestion): Promise<string | undefined> {
  const options = optionsIn(textsNow());
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options[question])
    : dialog.showOpenDialog(options[question]));
  return filePaths[0];
}
