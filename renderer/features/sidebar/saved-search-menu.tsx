import { Pencil, Trash2 } from 'lucide-react';
import type { SavedSearch } from '../../../shared/schemas/saved-search.ts';
import { loci } from '../../api/loci.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { leave } from '../../navigation/history.ts';
import { attempt, offerUndo } from '../undo/undo.ts';

/** What can be done with a saved search. */
export function savedSearchMenu({ id, name }: SavedSearch): MenuGroups {
  const rename = () =>
    showDialog((onClose) => (
      <NameDialog
        title="Rename the saved search"
        label="Name"
        value={name}
        deed="Rename"
        save={(wish) => loci.savedSearches.change({ id, name: wish })}
        onClose={onClose}
      />
    ));
  const remove = async () => {
    const done = await attempt(() => loci.savedSearches.delete({ id }));
    if (!done) return;
    leave(id);
    offerUndo(`Deleted the saved search “${name}”`, [done.undoId]);
  };
  return [
    [{ key: 'rename', label: 'Rename…', icon: Pencil, run: rename }],
    [{ key: 'delete', label: 'Delete saved search', icon: Trash2, run: () => void remove() }],
  ];
}
