import { ChevronsUpDown, UserRoundPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { switchTo, usePeople } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Menu } from '../../components/menu.tsx';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { Avatar } from './avatar.tsx';
import './person-switcher.css';

/** Whose library this is, and the way to another's. */
export function PersonSwitcher({ peopleAddress }: { peopleAddress: string }) {
  const people = usePeople();
  const [isAdding, setAdding] = useState(false);
  const [failure, setFailure] = useState<string>();
  const current = people?.find((person) => person.current);

  const openPeople = () => {
    window.location.hash = peopleAddress;
  };

  return (
    <div className="switcher">
      <Menu
        label={current ? `Library of ${current.name}. Switch person` : 'Switch person'}
        className="switcher__button"
        side="top"
        groups={[
          (people ?? []).map(({ id, name, current: chosen }) => ({
            key: id,
            label: name,
            chosen,
            run: () => chosen || void switchTo(id).catch((error: unknown) => setFailure(reasonOf(error))),
          })),
          [
            { key: 'add', label: 'Add a person…', icon: UserRoundPlus, run: () => setAdding(true) },
            { key: 'all', label: 'Manage people', icon: UsersRound, run: openPeople },
          ],
        ]}
      >
        <Avatar name={current?.name ?? ''} isCurrent />
        <span className="switcher__name" dir="auto">
          {current?.name}
        </span>
        <ChevronsUpDown size={16} strokeWidth={1.75} aria-hidden="true" />
      </Menu>
      {isAdding && <AddPersonDialog onAdded={openPeople} onClose={() => setAdding(false)} />}
      {failure !== undefined && (
        <Dialog title="Loci could not switch" onClose={() => setFailure(undefined)}>
          {(close) => (
            <div className="switcher__failure">
              <p>{failure}</p>
              <Button onClick={close}>Stay with {current?.name}</Button>
            </div>
          )}
        </Dialog>
      )}
    </div>
  );
}
