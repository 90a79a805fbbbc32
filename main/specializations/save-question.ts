/** Where something is to be saved, as a dialog asks it. */
export interface SaveQuestion {
  readonly title: string;
  /** The name that is proposed. */
  readonly name: string;
  readonly filters: readonly { readonly name: string; readonly extensions: readonly string[] }[];
}

export type ChooseSavePlace = (question: SaveQuestion) => Promise<string | undefined>;

/** A name that every system takes for a file. */
export function fileNameFor(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 80)
    .replaceAll(/^[ .]+|[ .]+$/g, '');
  return plain === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `adapter ${plain}`.trim() : plain;
}
