import { BertTokenizer } from '@xenova/transformers/src/tokenizers.js';

export interface Tokenizer {
  readonly maxTokens: number;
  /** What the model reads of a text: [CLS], its first tokens, [SEP]. */
  encode(text: string): number[];
  /** All of it, whether the model reads so much or not. */
  encodeAll(text: string): number[];
  /** How long a whole text is, [CLS] and [SEP] included: the model reads all of it if that is `maxTokens` or less. */
  count(text: string): number;
}

export function createTokenizer(tokenizerJson: unknown, config: unknown, maxTokens: number): Tokenizer {
  const bert = new BertTokenizer(tokenizerJson, config);

  /** Enough of a text to fill the model, so that a book costs no more than its first page. */
  function encodeStart(text: string): number[] {
    // English takes about five characters for a token.
    for (let length = maxTokens * 8; length < text.length; length *= 4) {
      const end = breakAtOrAfter(text, length);
      if (end === undefined) break;
      const ids = bert.encode(text.slice(0, end));
      if (ids.length > maxTokens) return ids;
    }
    return bert.encode(text);
  }

  return {
    maxTokens,
    encode(text) {
      const ids = encodeStart(text);
      // transformers.js cuts [SEP] off with the rest; the model was trained to see it.
      return ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), bert.sep_token_id] : ids;
    },
    encodeAll: (text) => bert.encode(text),
    count: (text) => bert.encode(text).length,
  };
}

/** Of words there are far more, and they are remembered elsewhere. */
const leastRemembered = 32;
const mostRemembered = 512;

/** What is counted when a memory is cut is soon embedded: then its tokens need not be found a second time. */
export function rememberingTokenizer(tokenizer: Tokenizer): Tokenizer {
  const remembered = new Map<string, number[]>();
  return {
    ...tokenizer,
    encode(text) {
      const ids = remembered.get(text);
      remembered.delete(text);
      return ids ?? tokenizer.encode(text);
    },
    count(text) {
      const ids = tokenizer.encodeAll(text);
      if (text.length >= leastRemembered && ids.length <= tokenizer.maxTokens) {
        // A copy: a part of a long text would keep all of it in memory.
        remembered.set(JSON.parse(JSON.stringify(text)), ids);
        const [oldest] = remembered.keys();
        if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
      }
      return ids.length;
    },
  };
}

/**
 * The next place where a text can be cut without changing the tokens before it. Only these four count:
 * other white space is removed before the text is split into words, and so may stand inside one.
 */
function breakAtOrAfter(text: string, from: number): number | undefined {
  const space = /[ \t\n\r]/g;
  space.lastIndex = from;
  return space.exec(text)?.index;
}
