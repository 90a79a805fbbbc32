import type { SearchRequest } from '../../../shared/schemas/search.ts';
import { timeZone } from '../../text/formats.ts';

export type SearchOrder = NonNullable<SearchRequest['order']>;

/** What is searched for. */
export interface SearchWish {
  /** What the place adds to what was typed: on the page of a tag, that tag. */
  readonly scope: string;
  readonly typed: string;
  /** Where in it somebody types; null when nobody does. */
  readonly caret: number | null;
  readonly order: SearchOrder;
}

/** The same search, whether somebody still types it or has come back to it. */
export const keyOfWish = ({ scope, typed, order }: SearchWish): string =>
  JSON.stringify([scope, typed, order]);

export const textOf = ({ scope, typed }: Pick<SearchWish, 'scope' | 'typed'>): string =>
  scope === '' ? typed : `${scope} ${typed}`;

/** As main is asked. */
export function typedOf(wish: SearchWish): Pick<SearchRequest, 'text' | 'caret' | 'timeZone'> {
  const text = textOf(wish);
  return {
    text,
    caret: wish.caret === null ? null : wish.caret + text.length - wish.typed.length,
    timeZone: timeZone(),
  };
}
