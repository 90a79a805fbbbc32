import { textsNow } from '../../shared/texts/index.ts';
import type { AdapterRefusalDto, RefusalReason } from '../../shared/schemas/adapter.ts';

/** Meant for people: this is no adapter that Loci takes. */
export class AdapterRefusal extends Error {
  override readonly name = 'AdapterRefusal';
  readonly reason: RefusalReason;

  readonly #what: () => string;

  /** `what` says in a whole sentence what it is. */
  constructor(reason: RefusalReason, what: () => string, cause?: unknown) {
    super(inOne(what, reason), cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.#what = what;
  }

  /** In the language of now; `message` is in the one of then. */
  said(): string {
    return inOne(this.#what, this.reason);
  }

  toDto(): AdapterRefusalDto {
    return { reason: this.reason, message: this.message };
  }
}

const inOne = (what: () => string, reason: RefusalReason): string =>
  `${what()} ${textsNow().adapters.advice[reason]}`;

const codes: Readonly<Record<string, readonly [RefusalReason, () => string]>> = {
  ENOENT: ['missing', () => textsNow().adapters.refused.gone],
  ENOTDIR: ['missing', () => textsNow().adapters.refused.gone],
  ENODEV: ['missing', () => textsNow().adapters.refused.driveGone],
  ENXIO: ['special-file', () => textsNow().adapters.refused.neither],
  ELOOP: ['link-outside', () => textsNow().adapters.refused.linkNowhere],
  EACCES: ['unreadable', () => textsNow().adapters.refused.forbidden],
  EPERM: ['unreadable', () => textsNow().adapters.refused.forbidden],
};

/** What the system said, as a person is told it; anything else is an error of ours and goes on as it is. */
export function toRefusal(error: unknown): AdapterRefusal {
  if (error instanceof AdapterRefusal) return error;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  if (!('syscall' in error)) throw error;
  const [reason, what] = codes[error.code] ?? ['unreadable', () => textsNow().adapters.refused.unreadable];
  return new AdapterRefusal(reason, what, error);
}

/** A name out of a file, in a sentence: short, and in one line. */
export function quoted(name: string): string {
  const line = name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ');
  return textsNow().adapters.quoted(line.length > 80 ? `${line.slice(0, 79)}…` : line);
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

export function sizeInWords(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000 && unit < units.length - 1; unit++) size /= 1000;
  const shown = size < 10 && unit > 0 ? Number(size.toFixed(1)) : Math.round(size);
  return textsNow().adapters.size(shown, units[unit] ?? '');
}
