import { textsNow } from '../../../shared/texts/index.ts';
import { isVisible } from '../../../shared/schemas/name.ts';
import { type HandedFile, mostFileBytes } from '../../../shared/schemas/capture.ts';

/** What can be dropped or pasted as files, so far. */
const textFile = /\.(?:txt|text|md|markdown|mdown)$/i;

export interface BroughtFile {
  readonly name: string;
  readonly text: string;
}

export interface Brought {
  readonly files: readonly BroughtFile[];
  /** Why others were left out, each in a sentence. */
  readonly refusals: readonly string[];
}

export interface UnreadFile extends Pick<File, 'name' | 'size' | 'type'> {
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What main has read, as if it had been dropped on the page. */
export const asUnread = ({ name, bytes }: HandedFile): UnreadFile => ({
  name,
  type: bytes === null ? 'text/plain' : '',
  size: bytes?.length ?? 0,
  arrayBuffer: async () => {
    if (bytes === null) throw new Error('It could not be read');
    return bytes.slice().buffer;
  },
});

/** Reads files that were dropped. The page sees what is in them, never where they are. */
export async function readFiles(files: Iterable<UnreadFile>): Promise<Brought> {
  const read: BroughtFile[] = [];
  const refusals: string[] = [];
  for (const file of files) {
    const refusal = refusalOf(file);
    if (refusal !== undefined) {
      refusals.push(refusal);
      continue;
    }
    const texts = textsNow();
    try {
      const text = decode(new Uint8Array(await file.arrayBuffer()));
      if (!isVisible(text)) refusals.push(texts.capture.files.empty(file.name));
      // No text has such a letter, and hardly any program's own file is without it.
      else if (text.includes('\0')) refusals.push(texts.capture.files.somethingElse(file.name));
      else read.push({ name: file.name, text });
    } catch {
      refusals.push(texts.capture.files.unreadable(file.name));
    }
  }
  return { files: read, refusals };
}

function refusalOf({ name, size, type }: UnreadFile): string | undefined {
  const texts = textsNow();
  if (!textFile.test(name) && type !== 'text/plain' && type !== 'text/markdown')
    return texts.capture.files.noText(name);
  if (size > mostFileBytes) return texts.capture.files.tooLarge(name);
  return undefined;
}

/** As its mark says, otherwise UTF-8, otherwise what older programs of this part of the world wrote. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** "Letter to Ada.md" is called "Letter to Ada". */
export const titleOfFile = (name: string): string => name.replace(textFile, '').trim();

/** One text after another, with a gap between them. */
export const joined = (before: string, added: string): string =>
  before.trim() === '' ? added : `${before.trimEnd()}\n\n${added}`;
