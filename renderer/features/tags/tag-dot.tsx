import type { TagColour } from '../../../shared/schemas/tag.ts';
import './tag-dot.css';

/** The colour of a tag; without one, a ring. */
export function TagDot({ colour }: { colour: TagColour | null }) {
  return (
    <span className={colour === null ? 'tag-spot' : `tag-spot tag-spot--${colour}`} aria-hidden="true" />
  );
}
