import { useEffect, useRef, useState } from 'react';
import type { CountedUser } from '../../../shared/schemas/user.ts';
import { changePerson } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { formatDay, formatMoment, memoriesInWords } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import { Avatar } from './avatar.tsx';
import { PersonForm } from './person-form.tsx';

interface PersonRowProps {
  readonly person: CountedUser;
  /** The element that says why this person cannot be removed; undefined when they can. */
  readonly reasonToStay: string | undefined;
  readonly onSwitch: () => void;
  readonly onRemove: () => void;
}

/** A person in the list; "Rename" turns the row into its form, in place. */
export function PersonRow({ person, reasonToStay, onSwitch, onRemove }: PersonRowProps) {
  const texts = useTexts();
  const { id, name, email, memories, createdAt, current } = person;
  const [isEditing, setEditing] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const wasEditing = useRef(false);

  // The focus goes where the person looks: into the form, and back to what opened it.
  useEffect(() => {
    if (isEditing) row.current?.querySelector('input')?.select();
    else if (wasEditing.current) row.current?.querySelector<HTMLElement>('[data-opens-form]')?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  if (isEditing) {
    return (
      <li className="person person--editing" ref={row} aria-label={name}>
        <Avatar name={name} isCurrent={current} />
        <PersonForm
          initial={person}
          deed={texts.actions.save}
          save={(details) => changePerson({ id, ...details })}
          onSaved={() => setEditing(false)}
          onCancel={() => setEditing(false)}
        />
      </li>
    );
  }

  return (
    <li className="person" ref={row} aria-label={name} aria-current={current || undefined}>
      <Avatar name={name} isCurrent={current} />
      <div className="person__words">
        <p className="person__name">
          <bdi>{name}</bdi>
          {current && <span className="person__current">{texts.people.inUse}</span>}
        </p>
        <p className="person__facts">
          {email !== null && <span className="person__email">{email}</span>}{' '}
          <span>{memories === 0 ? texts.people.noMemories : memoriesInWords(memories)}</span>{' '}
          <span title={formatMoment(createdAt)}>{texts.people.since(formatDay(createdAt))}</span>
        </p>
      </div>
      <div className="person__actions">
        {!current && (
          <Button onClick={onSwitch} aria-label={texts.people.switchTo(name)}>
            {texts.people.switch}
          </Button>
        )}
        <Button
          tone="quiet"
          data-opens-form
          onClick={() => setEditing(true)}
          aria-label={texts.people.renameOne(name)}
        >
          {texts.people.rename}
        </Button>
        <Button
          tone="quiet"
          onClick={() => reasonToStay === undefined && onRemove()}
          aria-label={texts.people.removeOne(name)}
          aria-disabled={reasonToStay !== undefined}
          aria-describedby={reasonToStay}
        >
          {texts.people.remove}
        </Button>
      </div>
    </li>
  );
}
