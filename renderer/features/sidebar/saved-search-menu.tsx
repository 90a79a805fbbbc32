import { Pencil, Trash2 } from 'lucide-react';
import { textsNow } from '../../../shared/texts/index.ts';
import type { SavedSearch } from '../../../shared/schemas/saved-search.ts';
import { loci } from '../../api/loci.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import type { MenuGroups } from '../../components/menu-items.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { leave } from '../../navigation/history.ts';
import { attempt, offerUndo } from '../undo/undo.ts';

/** What can be done with a saved search. */
export function savedSearchMenu({ id, name }: SavedSearch): MenuGroups {
  const texts = textsNow();
  const rename = () =>
    showDialog((onClose) => (
      <NameDialog
        title={texts.sidebar.saved.renameTitle}
        label={texts.sidebar.saved.name}
        value={name}
        deed={texts.sidebar.saved.renameDeed}
        save={(wish) => loci.savedSearches.change({ id, name: wish })}
        onClose={onClose}
      />
    ));
  const remove = async () => {
    const done = await attempt(() => loci.savedSearches.delete({ id }));
    if (!done) return;
    leave(id);
    offerUndo(() => textsNow().sidebar.saved.deleted(name), [done.undoId]);
  };
  return [
    [{ key: 'rename', label: texts.sidebar.saved.rename, icon: Pencil, run: rename }],
    [{ key: 'delete', label: texts.sidebar.saved.delete, icon: Trash2, run: () => void remove() }],
  ];
}
