import { textsNow } from '../../../shared/texts/index.ts';
import { loci } from '../../api/loci.ts';
import { showDialog } from '../../components/dialog-host.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { tell } from '../../components/toasts.tsx';
import { go } from '../../navigation/history.ts';
import type { SavedSearch } from '../../../shared/schemas/saved-search.ts';
import { attempt } from '../undo/undo.ts';

/** Keeps a search under a name, in the sidebar. */
export function saveSearch(query: string): void {
  const texts = textsNow();
  showDialog((onClose) => (
    <NameDialog
      title={texts.search.save.title}
      label={texts.search.save.name}
      value={query.trim().slice(0, 60)}
      deed={texts.search.save.deed}
      save={async (name) => {
        const { id } = await loci.savedSearches.create({ name, query });
        go({ view: { kind: 'saved', id } });
      }}
      onClose={onClose}
    />
  ));
}

/** A saved search becomes what is typed now. */
export async function changeSavedSearch({ id, name }: SavedSearch, query: string): Promise<void> {
  const changed = await attempt(() => loci.savedSearches.change({ id, query }));
  if (!changed) return;
  go({ view: { kind: 'saved', id } }, { replace: true });
  tell({ words: (texts) => texts.search.save.changed(name) });
}
