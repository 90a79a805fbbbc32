import { ArchiveRestore, Clock, Gauge, Pin, PinOff, Tag, Trash2, X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Hint, IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { askForSession } from '../sessions/session-picker.tsx';
import './bulk-bar.css';
import { moveToTrash, restore, setPinned } from './memory-deeds.ts';
import { areAllPinned, importanceGroups } from './memory-menu.ts';

interface BulkBarProps {
  readonly ids: readonly string[];
  readonly total: number;
  readonly isTrash: boolean;
  readonly onAll: () => void;
  readonly onNone: () => void;
  readonly onTag: () => void;
  readonly onPurge: () => void;
}

/** What can be done with all that is chosen. */
export function BulkBar({ ids, total, isTrash, onAll, onNone, onTag, onPurge }: BulkBarProps) {
  const texts = useTexts();
  const isPinned = areAllPinned(ids);
  return (
    <div className="bulk-bar" role="toolbar" aria-label={texts.browse.chosen.label}>
      <div className="bulk-bar__what">
        <output className="bulk-bar__count">{texts.browse.chosen.count(ids.length)}</output>
        {ids.length < total && (
          <Button tone="quiet" onClick={onAll}>
            {texts.browse.chosen.all(total)}
          </Button>
        )}
        <span className="bulk-bar__end">
          <IconButton label={texts.browse.chosen.none} shortcut="Esc" icon={X} onClick={onNone} />
        </span>
      </div>
      <div className="bulk-bar__deeds">
        {isTrash ? (
          <>
            <Button icon={ArchiveRestore} onClick={() => void restore(ids)}>
              {texts.browse.menu.restore}
            </Button>
            <Button tone="danger" icon={Trash2} onClick={onPurge}>
              {texts.browse.menu.purge}
            </Button>
          </>
        ) : (
          <>
            <Button icon={Tag} onClick={onTag}>
              {texts.browse.chosen.tag}
            </Button>
            <IconMenu label={texts.browse.menu.importance} icon={Gauge} groups={importanceGroups(ids)} />
            <IconButton
              label={texts.browse.chosen.session}
              icon={Clock}
              onClick={() => void askForSession(ids)}
            />
            <IconButton
              label={isPinned ? texts.browse.menu.unpin : texts.browse.menu.pin}
              icon={isPinned ? PinOff : Pin}
              onClick={() => void setPinned(ids, !isPinned)}
            />
            <span className="bulk-bar__end">
              <Button icon={Trash2} onClick={() => void moveToTrash(ids)}>
                {texts.browse.chosen.trash(ids.length)}
              </Button>
            </span>
          </>
        )}
      </div>
    </div>
  );
}

type IconMenuProps = Pick<Parameters<typeof Menu>[0], 'label' | 'groups'> & { readonly icon: typeof Gauge };

function IconMenu({ label, groups, icon: Icon }: IconMenuProps) {
  return (
    <Hint words={label}>
      <span>
        <Menu label={label} className="icon-button" groups={groups} side="top">
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        </Menu>
      </span>
    </Hint>
  );
}
