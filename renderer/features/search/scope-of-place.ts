import type { Texts } from '../../../shared/texts/index.ts';
import { writtenValue } from '../../../shared/query/tokens.ts';
import type { Overview } from '../../../shared/schemas/overview.ts';
import { spanOf } from '../../navigation/period.ts';
import type { Place, View } from '../../navigation/place.ts';
import { saysWhen, withPeriod } from '../timeline/dates-in-query.ts';
import { periodInWords } from '../timeline/period-words.ts';

/** What a place narrows a search to. */
export interface Scope {
  /** As it is written in a query; empty for the whole library. */
  readonly text: string;
  /** As people say it: "tag garden". */
  readonly words: string;
  /** Of when: "Mar – May 2025". */
  readonly time?: string;
}

const everywhere: Scope = { text: '', words: '' };

/** What was typed goes first where it says when itself. */
export function scopeOf(
  { view, period }: Place,
  typed: string,
  overview: Overview | undefined,
  sessionTitle: string | undefined,
  texts: Texts,
): Scope {
  const scope = scopeOfView(view, overview, sessionTitle, texts);
  if (!period || saysWhen(typed)) return scope;
  return {
    ...scope,
    text: withPeriod(scope.text, period),
    time: periodInWords(spanOf(period)),
  };
}

function scopeOfView(
  view: View,
  overview: Overview | undefined,
  sessionTitle: string | undefined,
  texts: Texts,
): Scope {
  switch (view.kind) {
    case 'pinned':
      return { text: 'is:pinned', words: texts.search.place.pinned };
    case 'untagged':
      return { text: 'is:untagged', words: texts.search.place.untagged };
    case 'trash':
      return { text: 'in:trash', words: texts.search.place.trash };
    case 'tag': {
      const name = overview?.tags.find(({ id }) => id === view.id)?.name;
      return name === undefined
        ? everywhere
        : { text: `tag:${writtenValue(name)}`, words: texts.search.place.tag(name) };
    }
    case 'session':
      return sessionTitle === undefined
        ? everywhere
        : { text: `session:${writtenValue(sessionTitle)}`, words: texts.search.place.session(sessionTitle) };
    default:
      return everywhere;
  }
}
