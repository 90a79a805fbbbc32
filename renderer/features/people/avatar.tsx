import { initialOf } from './person-words.ts';
import './avatar.css';

/** The first letter of a name, to tell people apart at a glance. */
export function Avatar({ name, isCurrent }: { name: string; isCurrent: boolean }) {
  return (
    <span className="avatar" data-current={isCurrent || undefined} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}
