import { textsNow } from '../../shared/texts/index.ts';
import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

/** Asks the person, before the window they are in; undefined when they chose none. */
export async function chooseModelFolder(): Promise<string | undefined> {
  const texts = textsNow();
  const options: OpenDialogOptions = {
    title: texts.dialogs.chooseModel,
    buttonLabel: texts.dialogs.useFolder,
    properties: ['openDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return filePaths[0];
}
