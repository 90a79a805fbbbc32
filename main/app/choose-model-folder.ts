import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

/** Asks the person, before the window they are in; undefined when they chose none. */
export async function chooseModelFolder(): Promise<string | undefined> {
  const options: OpenDialogOptions = {
    title: 'Choose the folder of a model',
    buttonLabel: 'Use this folder',
    properties: ['openDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0];
}
