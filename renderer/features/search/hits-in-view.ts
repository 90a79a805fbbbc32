import { createContext, use } from 'react';
import type { SearchHit } from '../../../shared/schemas/search.ts';
import type { SearchWish } from './search-wish.ts';

/** What the rows of a search know of it. */
export interface HitsInView {
  readonly wish: SearchWish;
  readonly hits: ReadonlyMap<string, SearchHit>;
}

export const HitsContext = createContext<HitsInView | undefined>(undefined);

export const useHits = (): HitsInView | undefined => use(HitsContext);
