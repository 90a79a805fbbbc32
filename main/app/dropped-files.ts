import { randomUUID } from 'node:crypto';
import path from 'node:path';

/** Dropped longer ago than so many others, nobody asks about it any more. */
const mostPlaces = 10_000;
const mostAtOnce = 200;
const longestPath = 32_768;

/** What was dropped on a window: the page knows tokens, main alone the places. */
export class DroppedFiles {
  readonly #places = new Map<string, string>();

  /** What the preload found out. Answers with a token for each, in their order. */
  keep(places: unknown): string[] {
    if (!Array.isArray(places) || places.length > mostAtOnce) return [];
    return places.map((place: unknown) => {
      const token = randomUUID();
      // What has no place, such as an image out of a web page, has a token that leads nowhere.
      if (typeof place === 'string' && place.length <= longestPath && path.isAbsolute(place))
        this.#places.set(token, place);
      const [oldest] = this.#places.keys();
      if (this.#places.size > mostPlaces && oldest !== undefined) this.#places.delete(oldest);
      return token;
    });
  }

  placeOf(token: string): string | undefined {
    return this.#places.get(token);
  }
}
