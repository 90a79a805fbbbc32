import type { Texts } from '../../../shared/texts/index.ts';
import { useTexts } from '../../text/use-texts.ts';
import type { SaveState } from './memory-editing.ts';
import './save-words.css';

/** Whether all is kept: said quietly, and only loudly enough when it is not. */
export function SaveWords({ save }: { save: SaveState }) {
  const texts = useTexts();
  const isTrouble = save.state !== 'saved' && save.state !== 'saving';
  return (
    <output className="save-words" data-trouble={isTrouble || undefined} data-state={save.state}>
      {wordsOf(save, texts)}
    </output>
  );
}

function wordsOf(save: SaveState, texts: Texts): string {
  switch (save.state) {
    case 'saved':
      return texts.memory.saving.saved;
    case 'saving':
      return texts.memory.saving.saving;
    case 'waiting':
      return texts.memory.saving.waiting;
    case 'refused':
    case 'gone':
      return texts.memory.saving.notSaved;
    case 'conflict':
      return texts.memory.saving.conflict;
  }
}
