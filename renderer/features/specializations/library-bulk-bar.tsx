import { useTexts } from '../../text/use-texts.ts';
import { ArchiveRestore, Columns2, Trash2, X } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
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
  const texts = useTexts();
  const [first, second, ...more] = ids;
  return (
    <div className="bulk-bar" role="toolbar" aria-label={texts.specializations.deeds.chosen}>
      <div className="bulk-bar__what">
        <output className="bulk-bar__count">{texts.specializations.deeds.selected(ids.length)}</output>
        {ids.length < total && (
          <Button tone="quiet" onClick={onAll}>
            {texts.specializations.deeds.selectAll(total)}
          </Button>
        )}
        <span className="bulk-bar__end">
          <IconButton
            label={texts.specializations.deeds.selectNone}
            shortcut="Esc"
            icon={X}
            onClick={onNone}
          />
        </span>
      </div>
      <div className="bulk-bar__deeds">
        {isTrash ? (
          <>
            <Button icon={ArchiveRestore} onClick={() => void restore(ids)}>
              {texts.specializations.deeds.restore}
            </Button>
            <Button tone="danger" icon={Trash2} onClick={onPurge}>
              {texts.specializations.deeds.purge}
            </Button>
          </>
        ) : (
          <>
            {first !== undefined && second !== undefined && more.length === 0 && (
              <Button icon={Columns2} onClick={() => compare(first, second)}>
                {texts.specializations.deeds.compare}
              </Button>
            )}
            <span className="bulk-bar__end">
              <Button icon={Trash2} onClick={() => void moveToTrash(ids)}>
                {texts.specializations.deeds.trashMany(ids.length)}
              </Button>
            </span>
          </>
        )}
      </div>
    </div>
  );
}
