import { createHash } from 'node:crypto';
import { maxContentBytes, maxTags, maxTitleLength } from '../../shared/schemas/memory.ts';
import { cleanName, isVisible } from '../../shared/schemas/name.ts';
import { tagName } from '../../shared/schemas/tag.ts';
import { cleanText } from '../../shared/text/clean-text.ts';
import { invalidInput, type LociError } from '../errors/loci-error.ts';

export interface KeptText {
  readonly title: string | null;
  readonly content: string;
}

/** What of a text is kept; said before anything is written, because only here it can be said in whose words. */
export function keptContent(text: string): string {
  const content = cleanText(text);
  if (Buffer.byteLength(content) > maxContentBytes) {
    throw invalidInput('content', 'A memory can hold 2 MB of text. Divide this into several memories.');
  }
  return content;
}

export function keptTitle(text: string | null): string | null {
  const title = cleanName(text ?? '');
  if (lengthOf(title) > maxTitleLength) {
    throw invalidInput(
      'title',
      `A title can have ${maxTitleLength} characters. Put the rest into the memory.`,
    );
  }
  return isVisible(title) ? title : null;
}

export function requireText({ title, content }: KeptText): void {
  if (title === null && !isVisible(content)) {
    throw invalidInput(
      'content',
      'There is nothing here to remember yet. Write something, or give it a title.',
    );
  }
}

/** Names that differ in case alone are still apart: what is upper and what is lower, the database says. */
export function keptTagNames(names: readonly string[]): string[] {
  const kept = names.map((name) => tagName.safeParse(name));
  return kept.map(({ success, data }) => {
    if (!success)
      throw invalidInput('tags', 'The name of a tag has 1 to 100 characters, one of them visible.');
    return data;
  });
}

export function tooManyTags(): LociError {
  return invalidInput(
    'tags',
    `A memory can be under ${maxTags} tags at most. Take it from under some others first.`,
  );
}

/** SHA-256 in hexadecimal. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** As the database counts: characters beyond U+FFFF are one. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
