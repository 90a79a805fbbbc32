import { useEffect, useRef, useState } from 'react';
import type { CountedUser } from '../../../shared/schemas/user.ts';
import { changePerson } from '../../api/people.ts';
import { Button } from '../../components/button.tsx';
import { formatDay, formatMoment, memoriesInWords } from '../../text/quantities.ts';
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
          deed="Save"
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
          {current && <span className="person__current">in use now</span>}
        </p>
        <p className="person__facts">
          {email !== null && <span className="person__email">{email}</span>}{' '}
          <span>{memories === 0 ? 'No memories yet' : memoriesInWords(memories)}</span>{' '}
          <span title={formatMoment(createdAt)}>Since {formatDay(createdAt)}</span>
        </p>
      </div>
      <div className="person__actions">
        {!current && (
          <Button onClick={onSwitch} aria-label={`Switch to ${name}`}>
            Switch
          </Button>
        )}
        <Button
          tone="quiet"
          data-opens-form
          onClick={() => setEditing(true)}
          aria-label={`Rename ${name} or change their e-mail address`}
        >
          Rename
        </Button>
        <Button
          tone="quiet"
          onClick={() => reasonToStay === undefined && onRemove()}
          aria-label={`Remove ${name}`}
          aria-disabled={reasonToStay !== undefined}
          aria-describedby={reasonToStay}
        >
          Remove…
        </Button>
      </div>
    </li>
  );
}
