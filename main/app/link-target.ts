/** Where a link in a memory leads, as far as Loci follows it at all. */
export interface LinkTarget {
  /** As the browser will be given it. */
  readonly url: string;
  /** What a person is asked about, and what is remembered: a host, or all of e-mail. */
  readonly host: string;
}

/** How e-mail is called among the hosts that are remembered; no host can have this name. */
export const mailHost = 'mailto:';

/**
 * Only what a browser or a mail program opens. Anything else could start a program of this computer,
 * with arguments that whoever wrote the text has chosen.
 */
export function linkTarget(address: string): LinkTarget | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol === 'mailto:') return { url: url.href, host: mailHost };
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.host === '') return undefined;
  // `https://bank.example@thief.example` is meant to be misread.
  if (url.username !== '' || url.password !== '') return undefined;
  return { url: url.href, host: url.host };
}
