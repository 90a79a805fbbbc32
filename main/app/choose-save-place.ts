import { BrowserWindow, dialog, type SaveDialogOptions } from 'electron';
import { textsNow } from '../../shared/texts/index.ts';
import type { SaveQuestion } from '../specializations/save-question.ts';

/** Asks the person, before the window they are in; undefined when they chose no place. */
export async function chooseSavePlace({ title, name, filters }: SaveQuestion): Promise<string | undefined> {
  const options: SaveDialogOptions = {
    title,
    defaultPath: name,
    filters: [
      ...filters.map((filter) => ({ ...filter, extensions: [...filter.extensions] })),
      { name: textsNow().dialogs.allFiles, extensions: ['*'] },
    ],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return filePath === '' ? undefined : filePath;
}
