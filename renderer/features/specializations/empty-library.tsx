import { Folder, Layers, Search, Trash2 } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import '../browse/empty-list.css';
import { chooseAdapter } from './bring-adapters.ts';

/** Teaches one thing, and offers at most one. */
export function EmptyLibrary({ isTrash, isSearch }: { isTrash: boolean; isSearch: boolean }) {
  const Icon = isSearch ? Search : isTrash ? Trash2 : Layers;
  return (
    <div className="empty-list">
      <Icon className="empty-list__sign" size={28} strokeWidth={1.25} aria-hidden="true" />
      {isSearch ? (
        <>
          <h2 className="empty-list__title">Nothing was found</h2>
          <p className="empty-list__text">Try other words, or fewer filters.</p>
        </>
      ) : isTrash ? (
        <>
          <h2 className="empty-list__title">The trash is empty</h2>
          <p className="empty-list__text">
            Specializations that you delete wait here for a while and can be restored.
          </p>
        </>
      ) : (
        <>
          <h2 className="empty-list__title">What you have taught a model</h2>
          <p className="empty-list__text">
            A specialization is a LoRA adapter and the memories it belongs to. Drag its folder or file here:
            Loci reads what it is without opening its weights.
          </p>
          <Button tone="primary" icon={Folder} onClick={() => void chooseAdapter('folder')}>
            Choose the folder of an adapter
          </Button>
        </>
      )}
    </div>
  );
}
