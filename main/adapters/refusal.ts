import type { AdapterRefusalDto, RefusalReason } from '../../shared/schemas/adapter.ts';

/** What a person can do about it; said after what it is. */
const advice: Readonly<Record<RefusalReason, string>> = {
  missing: 'Look whether it was moved or renamed, or connect the drive it is on.',
  unreadable: 'Look at its permissions, and whether the drive it is on works.',
  'special-file': 'Choose a file or a folder.',
  empty: 'Download or copy it again.',
  'too-large': 'Choose the adapter itself, not the model it was trained on.',
  'unknown-format': 'Choose a .safetensors or .gguf file, or a folder that PEFT saved.',
  'old-format': 'Convert it with the tool that made it, and choose what comes out.',
  pickle:
    'Loci never opens such files, since they can run programs. Ask for it as safetensors, or convert it where you trust it.',
  'full-model': 'Choose the adapter that was trained on it.',
  'other-method': 'Loci can only keep adapters that were made with LoRA or DoRA.',
  'no-adapter': 'Choose the folder that adapter_config.json is in, or the file with the weights.',
  'several-adapters': 'Choose one of its files, or scan the folder to see them all.',
  incomplete: 'Download or copy the missing files to the same folder.',
  'header-beyond-file': 'Download or copy it again.',
  'header-too-large': 'Do not use it, unless you know who made it and how.',
  malformed: 'Download it again; if that does not help, ask whoever made it.',
  'duplicate-keys': 'Do not use it: different programs would read it differently.',
  overlapping: 'Do not use it: no ordinary program writes such a file.',
  truncated: 'Download or copy it again.',
  'wrong-size': 'Download it again; if that does not help, ask whoever made it.',
  'path-trick': 'Do not use it: it was made to reach files that are not its own.',
  'link-outside': 'Put the file itself into the folder instead of a link.',
};

/** Meant for people: this is no adapter that Loci takes. */
export class AdapterRefusal extends Error {
  override readonly name = 'AdapterRefusal';
  readonly reason: RefusalReason;

  /** `what` is a whole sentence on what it is. */
  constructor(reason: RefusalReason, what: string, cause?: unknown) {
    super(`${what} ${advice[reason]}`, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }

  toDto(): AdapterRefusalDto {
    return { reason: this.reason, message: this.message };
  }
}

const codes: Readonly<Record<string, readonly [RefusalReason, string]>> = {
  ENOENT: ['missing', 'It is not there.'],
  ENOTDIR: ['missing', 'It is not there.'],
  ENODEV: ['missing', 'The drive it is on is not there.'],
  ENXIO: ['special-file', 'This is neither a file nor a folder.'],
  ELOOP: ['link-outside', 'This is a link that leads nowhere.'],
  EACCES: ['unreadable', 'Loci may not read it.'],
  EPERM: ['unreadable', 'Loci may not read it.'],
};

/** What the system said, as a person is told it; anything else is an error of ours and goes on as it is. */
export function toRefusal(error: unknown): AdapterRefusal {
  if (error instanceof AdapterRefusal) return error;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  if (!('syscall' in error)) throw error;
  const [reason, what] = codes[error.code] ?? ['unreadable', 'It could not be read.'];
  return new AdapterRefusal(reason, what, error);
}

/** A name out of a file, in a sentence: short, and in one line. */
export function quoted(name: string): string {
  const line = name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ');
  return `“${line.length > 80 ? `${line.slice(0, 79)}…` : line}”`;
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

export function sizeInWords(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  return `${size < 10 && unit > 0 ? Number(size.toFixed(1)) : Math.round(size)} ${units[unit] ?? ''}`;
}
