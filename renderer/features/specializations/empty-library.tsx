import { useTexts } from '../../text/use-texts.ts';
import { Folder, Layers, Search, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import '../browse/empty-list.css';
import { chooseAdapter } from './bring-adapters.ts';

/** Teaches one thing, and offers at most one. */
export function EmptyLibrary({ isTrash, isSearch }: { isTrash: boolean; isSearch: boolean }) {
  const texts = useTexts();
  const Icon = isSearch ? Search : isTrash ? Trash2 : Layers;
  return (
    <div className="empty-list">
      <Icon className="empty-list__sign" size={28} strokeWidth={1.25} aria-hidden="true" />
      {isSearch ? (
        <>
          <h2 className="empty-list__title">{texts.specializations.empty.searched}</h2>
          <p className="empty-list__text">{texts.specializations.empty.searchedText}</p>
        </>
      ) : isTrash ? (
        <>
          <h2 className="empty-list__title">{texts.specializations.empty.trash}</h2>
          <p className="empty-list__text">{texts.specializations.empty.trashText}</p>
        </>
      ) : (
        <>
          <h2 className="empty-list__title">{texts.specializations.empty.library}</h2>
          <p className="empty-list__text">{texts.specializations.empty.libraryText}</p>
          <Button tone="primary" icon={Folder} onClick={() => void chooseAdapter('folder')}>
            {texts.specializations.empty.choose}
          </Button>
        </>
      )}
    </div>
  );
}
