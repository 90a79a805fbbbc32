import { ArchiveRestore, Clock, Gauge, Pin, PinOff, Tag, Trash2, X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { Hint, IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { formatCount } from '../../text/quantities.ts';
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
  const isPinned = areAllPinned(ids);
  return (
    <div className="bulk-bar" role="toolbar" aria-label="What is chosen">
      <div className="bulk-bar__what">
        <output className="bulk-bar__count">{formatCount(ids.length)} selected</output>
        {ids.length < total && (
          <Button tone="quiet" onClick={onAll}>
            Select all {formatCount(total)}
          </Button>
        )}
        <span className="bulk-bar__end">
          <IconButton label="Select none" shortcut="Esc" icon={X} onClick={onNone} />
        </span>
      </div>
      <div className="bulk-bar__deeds">
        {isTrash ? (
          <>
            <Button icon={ArchiveRestore} onClick={() => void restore(ids)}>
              Restore
            </Button>
            <Button tone="danger" icon={Trash2} onClick={onPurge}>
              Delete for good…
            </Button>
          </>
        ) : (
          <>
            <Button icon={Tag} onClick={onTag}>
              Tag
            </Button>
            <IconMenu label="Importance" icon={Gauge} groups={importanceGroups(ids)} />
            <IconButton label="Move to session" icon={Clock} onClick={() => void askForSession(ids)} />
            <IconButton
              label={isPinned ? 'Unpin' : 'Pin'}
              icon={isPinned ? PinOff : Pin}
              onClick={() => void setPinned(ids, !isPinned)}
            />
            <span className="bulk-bar__end">
              <Button icon={Trash2} onClick={() => void moveToTrash(ids)}>
                Move {formatCount(ids.length)} to trash
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
