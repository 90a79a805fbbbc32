import { BertTokenizer } from '@xenova/transformers/src/tokenizers.js';

export interface Tokenizer {
  /** What the model reads of a text: [CLS], its first tokens, [SEP]. */
  encode(text: string): number[];
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
    encode(text) {
      const ids = encodeStart(text);
      // transformers.js cuts [SEP] off with the rest; the model was trained to see it.
      return ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), bert.sep_token_id] : ids;
    },
    count: (text) => bert.encode(text).length,
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
