import type { EntityManager } from '@mikro-orm/postgresql';
import { tokensOf } from '../../shared/query/words.ts';
import { runPrepared } from '../database/prepared-query.ts';

export interface TopicText {
  readonly title: string | null;
  readonly content: string;
}

/** Asked about in one go, for each group. */
const mostAsked = 60;
const shortest = 3;

/**
 * The words by which groups of texts are told from the rest of the library: said in many texts of the group, and in few
 * besides. As they are written there.
 */
export async function tellingTopics(
  em: EntityManager,
  groups: readonly (readonly TopicText[])[],
  most: number,
): Promise<string[][]> {
  const counted = groups.map(countWords);
  const asked = counted.map((counts) =>
    [...counts]
      .toSorted(([a, x], [b, y]) => y.texts - x.texts || (a < b ? -1 : 1))
      .slice(0, mostAsked)
      .map(([word, { texts }]) => ({ word, texts })),
  );
  const words = [...new Set(asked.flat().map(({ word }) => word))];
  const { documents, known } = await findRarity(em, words);
  return asked.map((list, index) => {
    const size = groups[index]?.length ?? 0;
    const best = new Map<string, { word: string; worth: number }>();
    for (const { word, texts } of list) {
      const { stem, elsewhere, isSmall } = known.get(word) ?? {
        stem: word,
        elsewhere: texts,
        isSmall: false,
      };
      // One of many texts says it: that is what this text is about, not the group.
      if (isSmall || (size >= 4 && texts < 2)) continue;
      const worth =
        (texts / Math.max(1, size)) * Math.log((documents + 1) / (Math.max(texts, elsewhere) + 0.5));
      const same = best.get(stem);
      if (worth > 0 && (!same || same.worth < worth)) best.set(stem, { word, worth });
    }
    return [...best.values()]
      .toSorted((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1))
      .slice(0, most)
      .map(({ word }) => counted[index]?.get(word)?.written ?? word);
  });
}

function countWords(texts: readonly TopicText[]): Map<string, { texts: number; written: string }> {
  const counts = new Map<string, { texts: number; written: string }>();
  for (const { title, content } of texts) {
    const seen = new Set<string>();
    for (const { text, unspaced } of tokensOf(`${title ?? ''} ${content}`)) {
      const word = text.toLowerCase();
      if (seen.has(word) || (!unspaced && word.length < shortest) || /^\p{N}+$/u.test(word)) continue;
      if (word.length > 40) continue;
      seen.add(word);
      const known = counts.get(word);
      if (known) known.texts++;
      // Capitals within a text are names; at the beginning of a sentence nobody can tell.
      else counts.set(word, { texts: 1, written: word });
    }
  }
  return counts;
}

interface Rarity {
  readonly stem: string;
  /** In how many memories of the library it stands. */
  readonly elsewhere: number;
  readonly isSmall: boolean;
}

async function findRarity(
  em: EntityManager,
  words: readonly string[],
): Promise<{ documents: number; known: ReadonlyMap<string, Rarity> }> {
  if (words.length === 0) return { documents: 0, known: new Map() };
  const rows = await runPrepared<{
    word: string;
    stem: string | null;
    elsewhere: number;
    small: boolean;
    documents: number;
  }>(em, {
    name: 'loci_telling_topics',
    sql: `
        with usual as materialized (select usual_language() as name),
        asked as materialized (
          select a.word, (tsvector_to_array(to_tsvector(('loci_' || u.name)::regconfig, fold_words(a.word))))[1] as stem,
            case when u.name = 'simple' then false
              else ts_lexize((u.name || '_stem')::regdictionary, fold_words(a.word)) = '{}' end as small
          from unnest($1::text[]) a(word) cross join usual u
        )
        select a.word, a.stem, a.small,
          coalesce((select sum(documents) from word w where w.word = a.stem), 0)::integer
            + coalesce((select sum(documents) from word_change w where w.word = a.stem), 0)::integer as elsewhere,
          (select coalesce(sum(documents), 0)::integer from (
            select documents from word where word >= E'\\x01' and word < E'\\x02' union all
            select documents from word_change where word >= E'\\x01' and word < E'\\x02') c) as documents
        from asked a`,
    values: [[...words]],
  });
  return {
    documents: rows[0]?.documents ?? 0,
    known: new Map(
      rows.map(({ word, stem, elsewhere, small }) => [
        word,
        { stem: stem ?? word, elsewhere, isSmall: small },
      ]),
    ),
  };
}
