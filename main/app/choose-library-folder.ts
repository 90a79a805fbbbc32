import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import { textsNow } from '../../shared/texts/index.ts';
import path from 'node:path';

/** Asks for the folder in which the library is to be; answers with where it will be then, undefined when none was chosen. */
export async function chooseLibraryFolder(): Promise<string | undefined> {
  const texts = textsNow();
  const options: OpenDialogOptions = {
    title: texts.dialogs.chooseLibrary,
    buttonLabel: texts.dialogs.moveHere,
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  const [folder] = filePaths;
  return folder === undefined ? undefined : path.join(folder, texts.dialogs.libraryFolder);
}
