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
    throw invalidInput('content', (texts) => texts.failures.memory.tooLarge);
  }
  return content;
}

export function keptTitle(text: string | null): string | null {
  const title = cleanName(text ?? '');
  if (lengthOf(title) > maxTitleLength) {
    throw invalidInput('title', (texts) => texts.failures.memory.titleTooLong(maxTitleLength));
  }
  return isVisible(title) ? title : null;
}

export function requireText({ title, content }: KeptText): void {
  if (title === null && !isVisible(content)) {
    throw invalidInput('content', (texts) => texts.failures.memory.empty);
  }
}

/** Names that differ in case alone are still apart: what is upper and what is lower, the database says. */
export function keptTagNames(names: readonly string[]): string[] {
  const kept = names.map((name) => tagName.safeParse(name));
  return kept.map(({ success, data }) => {
    if (!success) throw invalidInput('tags', (texts) => texts.failures.memory.tagName);
    return data;
  });
}

export function tooManyTags(): LociError {
  return invalidInput('tags', (texts) => texts.failures.memory.tooManyTags(maxTags));
}

/** SHA-256 in hexadecimal. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** As the database counts: characters beyond U+FFFF are one. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
