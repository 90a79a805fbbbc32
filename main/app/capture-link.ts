import { maxLinkTextLength } from '../../shared/schemas/capture.ts';
import { isVisible } from '../../shared/schemas/name.ts';
import { cleanText } from '../../shared/text/clean-text.ts';

export const linkScheme = 'loci';

/**
 * The text that `loci://capture?text=…` brings; nothing for any other address. Any page and program may
 * call it, so it only ever fills what a person then looks at.
 */
export function textOfCaptureLink(address: string): string | undefined {
  // Encoded, a character has nine at most.
  if (address.length > maxLinkTextLength * 9 || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol !== `${linkScheme}:`) return undefined;
  // Some systems write `loci:capture`, or put a slash behind the name.
  const name = (url.host || url.pathname).replaceAll('/', '');
  const text = cleanText(url.searchParams.get('text') ?? '');
  return name === 'capture' && text.length <= maxLinkTextLength && isVisible(text) ? text : undefined;
}

/** Among what a program is started with. */
export function captureLinkIn(args: readonly string[]): string | undefined {
  return args.find((argument) => argument.startsWith(`${linkScheme}:`));
}
