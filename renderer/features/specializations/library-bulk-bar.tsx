import { ArchiveRestore, Columns2, Trash2, X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { formatCount } from '../../text/quantities.ts';
import '../browse/bulk-bar.css';
import { moveToTrash, restore } from './specialization-deeds.ts';
import { compare } from './specialization-menu.ts';

interface LibraryBulkBarProps {
  readonly ids: readonly string[];
  readonly total: number;
  readonly isTrash: boolean;
  readonly onAll: () => void;
  readonly onNone: () => void;
  readonly onPurge: () => void;
}

/** What can be done with all that are chosen. */
export function LibraryBulkBar({ ids, total, isTrash, onAll, onNone, onPurge }: LibraryBulkBarProps) {
  const [first, second, ...more] = ids;
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
            {first !== undefined && second !== undefined && more.length === 0 && (
              <Button icon={Columns2} onClick={() => compare(first, second)}>
                Compare
              </Button>
            )}
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
