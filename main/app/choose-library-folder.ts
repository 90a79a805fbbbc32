import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import path from 'node:path';

/** Asks for the folder in which the library is to be; answers with where it will be then, undefined when none was chosen. */
export async function chooseLibraryFolder(): Promise<string | undefined> {
  const options: OpenDialogOptions = {
    title: 'Choose the folder to move the library to',
    buttonLabel: 'Move it here',
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  const [folder] = filePaths;
  return folder === undefined ? undefined : path.join(folder, 'Loci library');
}
