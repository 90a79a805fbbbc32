import type { SaveState } from './memory-editing.ts';
import './save-words.css';

/** Whether all is kept: said quietly, and only loudly enough when it is not. */
export function SaveWords({ save }: { save: SaveState }) {
  const isTrouble = save.state !== 'saved' && save.state !== 'saving';
  return (
    <output className="save-words" data-trouble={isTrouble || undefined} data-state={save.state}>
      {wordsOf(save)}
    </output>
  );
}

function wordsOf(save: SaveState): string {
  switch (save.state) {
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving…';
    case 'waiting':
      return 'Not saved yet; trying again';
    case 'refused':
    case 'gone':
      return 'Not saved';
    case 'conflict':
      return 'Changed elsewhere too';
  }
}
