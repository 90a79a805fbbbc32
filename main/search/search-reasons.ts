import { type SearchQuery, soughtText } from '../../shared/query/search-query.ts';
import type { SearchReasons } from '../../shared/schemas/search.ts';
import { EmbedderUnavailableError } from '../embedding/embedder-errors.ts';
import type { Embedder } from '../embedding/embedder.ts';
import type { KeywordLeg } from './keyword-leg.ts';
import type { QueryEmbedding, QueryEmbeddings } from './query-embedding.ts';
import type { SearchRepository } from './search.repository.ts';
import type { SemanticLeg } from './semantic-leg.ts';
import { sentencesOf, type Span } from '../embedding/sentences.ts';

export interface ReasonerParts {
  readonly keyword: KeywordLeg;
  readonly semantic: SemanticLeg;
  readonly embeddings: QueryEmbeddings;
  readonly embedder: Embedder;
  readonly repository: SearchRepository;
}

/** Of a piece, which has some ten: a table of numbers may have a hundred, and each costs a millisecond. */
const mostSentences = 24;
/** A few screens of hits, three megabytes: what is typed on changes the query, not the sentences. */
const mostRemembered = 2000;
const excerptLength = 320;
/** What is before the place that is shown, to know what it is about. */
const leadLength = 60;

/** Says what in a memory matches a query: the words, and the sentence that is nearest in meaning. */
export class SearchReasoner {
  readonly #parts: ReasonerParts;
  /** By model and text, the longest unused first. */
  readonly #vectors = new Map<string, Float32Array>();

  constructor(parts: ReasonerParts) {
    this.#parts = parts;
  }

  async reasons(userId: string, query: SearchQuery, ids: readonly string[]): Promise<SearchReasons[]> {
    const { keyword, repository } = this.#parts;
    const [texts, highlights, sentences] = await Promise.all([
      repository.findTexts(userId, ids),
      keyword.highlight(ids, query, userId),
      this.#findSentences(userId, query, ids),
    ]);
    const contents = new Map(texts.map(({ id, content }) => [id, content]));
    return ids.flatMap((id) => {
      const content = contents.get(id);
      if (content === undefined) return [];
      const marks = highlights.get(id);
      const sentence = sentences.get(id) ?? null;
      const around = sentence ?? marks?.content[0] ?? { start: 0, end: 0 };
      return [
        {
          id,
          title: [...(marks?.title ?? [])],
          content: [...(marks?.content ?? [])],
          sentence,
          excerpt: excerptOf(content, around),
        },
      ];
    });
  }

  /** Without the model there are none, and the words have to do. */
  async #findSentences(
    userId: string,
    query: SearchQuery,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Span>> {
    const { embeddings, embedder, semantic, repository } = this.#parts;
    const text = soughtText(query);
    if (text.trim() === '' || embedder.status().state !== 'ready') return new Map();
    try {
      const embedding = await embeddings.embed(text);
      const [texts, best] = await Promise.all([
        repository.findTexts(userId, ids),
        semantic.scoreOf(ids, embedding),
      ]);
      const pieces = texts.flatMap(({ id, content }) => {
        const chunk = best.get(id)?.chunk;
        const spans = chunk ? sentencesOf(content, chunk).slice(0, mostSentences) : [];
        return spans.map((span) => ({ id, span, text: content.slice(span.start, span.end) }));
      });
      const vectors = await this.#embed(
        pieces.map((piece) => piece.text),
        embedding,
      );
      const nearest = new Map<string, { span: Span; similarity: number }>();
      for (const [i, { id, span }] of pieces.entries()) {
        const similarity = dot(embedding.vector, vectors[i]);
        if (similarity > (nearest.get(id)?.similarity ?? -2)) nearest.set(id, { span, similarity });
      }
      return new Map([...nearest].map(([id, { span }]) => [id, { start: span.start, end: span.end }]));
    } catch (error) {
      if (error instanceof EmbedderUnavailableError) return new Map();
      throw error;
    }
  }

  async #embed(texts: readonly string[], { model }: QueryEmbedding): Promise<Float32Array[]> {
    const keyOf = (text: string) => `${model.revision} ${text}`;
    const missing = [...new Set(texts)].filter((text) => !this.#vectors.has(keyOf(text)));
    const { embedder } = this.#parts;
    const made = await embedder.embed(missing, { priority: 'shown' });
    // Another model may have taken its place meanwhile; its vectors are of no use beside those of the query.
    if (embedder.status().model?.revision !== model.revision) throw new EmbedderUnavailableError('failed');
    const fresh = new Map(missing.map((text, i) => [text, made[i] ?? new Float32Array(0)]));
    const vectors = texts.map(
      (text) => fresh.get(text) ?? this.#vectors.get(keyOf(text)) ?? new Float32Array(0),
    );
    for (const [i, text] of texts.entries()) {
      this.#vectors.delete(keyOf(text));
      this.#vectors.set(keyOf(text), vectors[i] ?? new Float32Array(0));
    }
    for (const key of this.#vectors.keys()) {
      if (this.#vectors.size <= mostRemembered) break;
      this.#vectors.delete(key);
    }
    return vectors;
  }
}

const dot = (a: Float32Array, b: Float32Array | undefined): number =>
  a.reduce((sum, value, i) => sum + value * (b?.[i] ?? 0), 0);

/** The part of a text that shows this place, never beginning or ending within a character. */
export function excerptOf(content: string, { start }: Span): SearchReasons['excerpt'] {
  const latest = Math.max(0, content.length - excerptLength);
  const from = wholeCharacter(content, Math.min(Math.max(0, start - leadLength), latest));
  const to = wholeCharacter(content, Math.min(content.length, from + excerptLength));
  return { start: from, text: content.slice(from, to) };
}

function wholeCharacter(text: string, at: number): number {
  const isWithin = /^[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]$/.test(text.charAt(at - 1));
  return isWithin ? at - 1 : at;
}
