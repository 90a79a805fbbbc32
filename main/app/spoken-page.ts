import { languageNow, textsIn, textsNow } from '../../shared/texts/index.ts';

/**
 * A page as it is painted before any of its scripts has run, in the language that is spoken: what stands in it is
 * English, and the scripts go by the language it says it is in.
 */
export function spokenPage(html: string): string {
  const texts = textsNow();
  const { boot, capture } = textsIn.en;
  return html
    .replace('<html lang="en">', `<html lang="${languageNow()}">`)
    .replace(`aria-label="${boot.opening}"`, `aria-label="${texts.boot.opening}"`)
    .replace(`<title>${capture.windowTitle}</title>`, `<title>${texts.capture.windowTitle}</title>`)
    .replace(`>${boot.checking}<`, `>${texts.boot.checking}<`);
}
