import { UserRoundPlus } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { CountedUser } from '../../../shared/schemas/user.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { refreshPeople, switchTo, usePeople } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { Placeholder } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import './people-page.css';
import { PersonRow } from './person-row.tsx';
import { RemovePersonDialog } from './remove-person-dialog.tsx';

/** Everybody who has a library here: who they are, and the way to add, rename, switch and remove. */
export function PeoplePage() {
  const texts = useTexts();
  const people = usePeople();
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<CountedUser>();
  const [news, setNews] = useState('');
  const [failure, setFailure] = useState<{ what: 'unreadable' | 'notSwitched'; reason: string }>();
  const list = useRef<HTMLUListElement>(null);
  const reasonId = useId();
  const isOnlyOne = people?.length === 1;

  useEffect(() => {
    refreshPeople().catch((error: unknown) => setFailure({ what: 'unreadable', reason: reasonOf(error) }));
  }, []);

  async function change(person: CountedUser): Promise<void> {
    setFailure(undefined);
    try {
      await switchTo(person.id);
      list.current?.focus();
    } catch (error) {
      setFailure({ what: 'notSwitched', reason: reasonOf(error) });
    }
  }

  return (
    <Page title={texts.people.title}>
      <div className="people">
        <p className="people__intro">{texts.people.intro}</p>
        {failure !== undefined && (
          <Notice
            tone="danger"
            title={failure.what === 'unreadable' ? texts.people.unreadable : texts.people.notSwitched}
          >
            <p>{failure.reason}</p>
          </Notice>
        )}
        <ul className="people__list" ref={list} aria-label={texts.people.title} tabIndex={-1}>
          {people ? (
            people.map((person) => (
              <PersonRow
                key={person.id}
                person={person}
                reasonToStay={isOnlyOne ? reasonId : undefined}
                onSwitch={() => void change(person)}
                onRemove={() => setRemoving(person)}
              />
            ))
          ) : (
            <li className="person">
              <Placeholder width="long" />
            </li>
          )}
        </ul>
        {isOnlyOne && (
          <p className="people__reason" id={reasonId}>
            {texts.people.onlyOne}
          </p>
        )}
        <div>
          <Button icon={UserRoundPlus} onClick={() => setAdding(true)}>
            {texts.people.add.open}
          </Button>
        </div>
        <output className="only-read-out">{news}</output>
      </div>
      {isAdding && (
        <AddPersonDialog
          onAdded={({ name }) => setNews(texts.people.add.done(name))}
          onClose={() => setAdding(false)}
        />
      )}
      {removing && (
        <RemovePersonDialog
          person={removing}
          onRemoved={() => {
            setNews(texts.people.removal.done(removing.name));
            // The button that led here has gone with its row.
            list.current?.focus();
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Page>
  );
}
