import type { Texts } from '../../../shared/texts/index.ts';
import type { Overview } from '../../../shared/schemas/overview.ts';
import type { Place } from '../../navigation/place.ts';
import type { ListRequest } from './memory-lists.ts';

/** What a place shows a list of; undefined while that is not known, or when there is no such thing. */
export function requestOf({ view }: Place, overview: Overview | undefined): ListRequest | undefined {
  switch (view.kind) {
    case 'memories':
      return { filter: {} };
    case 'pinned':
      return { filter: { pinned: true } };
    case 'untagged':
      return { filter: { untagged: true } };
    case 'trash':
      return { filter: { trashed: true } };
    case 'tag':
      // It is read at once; that there is no such tag shows a moment later.
      if (overview && !overview.tags.some(({ id }) => id === view.id)) return undefined;
      return { filter: { tagIds: [view.id] } };
    case 'session':
      return { filter: { sessionId: view.id } };
    default:
      return undefined;
  }
}

/** What is searched for there, as it was typed; undefined where nothing is. */
export function searchedIn({ view, q }: Place, overview: Overview | undefined): string | undefined {
  if (q !== undefined || view.kind !== 'saved') return q;
  return overview?.savedSearches.find(({ id }) => id === view.id)?.query;
}

/** What it is called; a session has to be asked for. */
export function titleOf({ view }: Place, overview: Overview | undefined, texts: Texts): string | undefined {
  switch (view.kind) {
    case 'memories':
      return texts.browse.titles.memories;
    case 'pinned':
      return texts.browse.titles.pinned;
    case 'untagged':
      return texts.browse.titles.untagged;
    case 'trash':
      return texts.browse.titles.trash;
    case 'tag':
      return overview?.tags.find(({ id }) => id === view.id)?.name;
    case 'session':
      return overview?.sessions.find(({ id }) => id === view.id)?.title;
    case 'saved':
      return overview?.savedSearches.find(({ id }) => id === view.id)?.name;
    default:
      return undefined;
  }
}
