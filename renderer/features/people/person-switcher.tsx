import { ChevronsUpDown, UserRoundPlus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { switchTo, usePeople } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Menu } from '../../components/menu.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { Avatar } from './avatar.tsx';
import './person-switcher.css';

/** Whose library this is, and the way to another's. */
export function PersonSwitcher({ peopleAddress }: { peopleAddress: string }) {
  const texts = useTexts();
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
        label={current ? texts.people.switcher.label(current.name) : texts.people.switcher.labelOfNobody}
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
            {
              key: 'add',
              label: texts.people.add.openFromMenu,
              icon: UserRoundPlus,
              run: () => setAdding(true),
            },
            { key: 'all', label: texts.people.switcher.manage, icon: UsersRound, run: openPeople },
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
        <Dialog title={texts.people.notSwitched} onClose={() => setFailure(undefined)}>
          {(close) => (
            <div className="switcher__failure">
              <p>{failure}</p>
              <Button onClick={close}>{texts.people.switcher.stay(current?.name ?? '')}</Button>
            </div>
          )}
        </Dialog>
      )}
    </div>
  );
}
