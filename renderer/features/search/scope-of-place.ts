import { writtenValue } from '../../../shared/query/tokens.ts';
import type { Overview } from '../../../shared/schemas/overview.ts';
import type { Place } from '../../navigation/place.ts';

/** What a place narrows a search to. */
export interface Scope {
  /** As it is written in a query; empty for the whole library. */
  readonly text: string;
  /** As people say it: "tag garden". */
  readonly words: string;
}

const everywhere: Scope = { text: '', words: '' };

export function scopeOf({ view }: Place, overview: Overview | undefined, sessionTitle?: string): Scope {
  switch (view.kind) {
    case 'pinned':
      return { text: 'is:pinned', words: 'Pinned' };
    case 'untagged':
      return { text: 'is:untagged', words: 'Without a tag' };
    case 'trash':
      return { text: 'in:trash', words: 'Trash' };
    case 'tag': {
      const name = overview?.tags.find(({ id }) => id === view.id)?.name;
      return name === undefined ? everywhere : { text: `tag:${writtenValue(name)}`, words: `Tag: ${name}` };
    }
    case 'session':
      return sessionTitle === undefined
        ? everywhere
        : { text: `session:${writtenValue(sessionTitle)}`, words: `Session: ${sessionTitle}` };
    default:
      return everywhere;
  }
}
