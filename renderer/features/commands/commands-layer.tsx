import { useEffect } from 'react';
import { isCommandId } from '../../../shared/commands/commands.ts';
import { listen, loci } from '../../api/loci.ts';
import { useCommandKeys } from '../../commands/command-keys.ts';
import { runCommand } from '../../commands/deeds.ts';
import { tell } from '../../components/toasts.tsx';
import { Tour } from '../first-steps/tour.tsx';
import { JobsPopover } from '../jobs/jobs-popover.tsx';
import { Palette } from './palette.tsx';
import { useAppDeeds } from './use-app-deeds.ts';

/** The ways to what can be done: by keys, by the menu of the window, by the list of commands. */
export function CommandsLayer() {
  useAppDeeds();
  useCommandKeys();
  useEffect(() => {
    loci.app.takeCommand().then(
      (id) => id !== null && run(id),
      () => undefined,
    );
    return listen('command:run', ({ id }) => run(id));
  }, []);
  return (
    <>
      <Palette />
      <JobsPopover />
      <Tour />
    </>
  );
}

function run(id: string): void {
  if (isCommandId(id) && !runCommand(id)) tell({ words: (texts) => texts.commands.nothingHere });
}
