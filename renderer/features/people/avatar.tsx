import { initialOf } from './person-words.ts';
import './avatar.css';

/** The first letter of a name, to tell people apart at a glance. */
export function Avatar({ name, isCurrent }: { name: string; isCurrent: boolean }) {
  // Painted by the stylesheet: the letter is a picture, not a part of any name or text.
  return (
    <span
      className="avatar"
      data-initial={initialOf(name)}
      data-current={isCurrent || undefined}
      aria-hidden="true"
    />
  );
}
