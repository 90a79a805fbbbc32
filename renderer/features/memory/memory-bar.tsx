import { ArrowLeft, Check, Copy, Ellipsis, History, PencilLine, Pin, Trash2, X } from 'lucide-react';
import type { MemoryDto } from '../../../shared/schemas/memory.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { copyText } from './memory-deeds.ts';
import type { SaveState } from './memory-editing.ts';
import type { PaneMode } from './open-memory-pane.tsx';
import { SameNotice } from './same-notice.tsx';
import { SaveWords } from './save-words.tsx';

interface MemoryBarProps {
  readonly memory: MemoryDto;
  readonly save: SaveState;
  readonly mode: PaneMode;
  readonly isFixed: boolean;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  readonly onWrite: () => void;
  readonly onRead: () => void;
  readonly onHistory: () => void;
  readonly onPin: () => void;
  readonly onTrash: () => void;
}

/** What can be done with the memory, always at the same place. */
export function MemoryBar(props: MemoryBarProps) {
  const texts = useTexts();
  const { memory, save, mode, isFixed, onOpen, onClose, onWrite, onRead, onHistory, onPin, onTrash } = props;
  const saidKeys = useSaidKeys();
  const isTrouble = save.state !== 'saved' && save.state !== 'saving';

  return (
    <div className="memory__bar" role="toolbar" aria-label={texts.memory.label}>
      <span className="memory__back">
        <IconButton label={texts.memory.back} icon={ArrowLeft} shortcut="Esc" onClick={onClose} />
      </span>
      <span className="memory__news">
        {(mode === 'writing' || isTrouble) && <SaveWords save={save} />}
        {mode === 'writing' && !isTrouble && (
          <SameNotice content={memory.content} title={memory.title} exceptId={memory.id} onOpen={onOpen} />
        )}
      </span>
      {mode === 'writing' ? (
        <IconButton label={texts.memory.done} icon={Check} shortcut="Esc" onClick={onRead} />
      ) : (
        <IconButton
          label={texts.memory.edit}
          icon={PencilLine}
          shortcut={saidKeys('memory.edit')}
          aria-disabled={isFixed || undefined}
          onClick={onWrite}
        />
      )}
      <IconButton
        label={memory.pinned ? texts.memory.unpin : texts.memory.pin}
        icon={Pin}
        shortcut={saidKeys('memory.pin')}
        aria-pressed={memory.pinned}
        aria-disabled={isFixed || undefined}
        onClick={() => {
          if (!isFixed) onPin();
        }}
      />
      <IconButton
        label={texts.memory.history}
        icon={History}
        shortcut={saidKeys('memory.history')}
        aria-pressed={mode === 'history'}
        onClick={onHistory}
      />
      <Menu
        label={texts.memory.more}
        className="icon-button"
        align="end"
        groups={[
          [
            {
              key: 'copy',
              label: texts.memory.copyText,
              icon: Copy,
              shortcut: saidKeys('memory.copy'),
              run: () => void copyText(memory),
            },
          ],
          isFixed
            ? []
            : [
                {
                  key: 'trash',
                  label: texts.memory.trash,
                  icon: Trash2,
                  shortcut: saidKeys('memory.trash'),
                  run: onTrash,
                },
              ],
        ]}
      >
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      <span className="memory__close">
        <IconButton label={texts.actions.close} icon={X} shortcut="Esc" onClick={onClose} />
      </span>
    </div>
  );
}
