import { isLanguage } from '../../shared/texts/language.ts';
import { speakInPage } from '../text/use-texts.ts';
import { listen, loci } from './loci.ts';

/** From the first line on in the language in which main has served the page, and in another as soon as one is chosen. */
export function followLanguage(): void {
  const { lang } = document.documentElement;
  if (isLanguage(lang)) speakInPage(lang);
  let isTold = false;
  listen('app:language', (language) => {
    isTold = true;
    speakInPage(language);
  });
  loci.app.language().then(
    // What was told meanwhile is newer.
    (language) => isTold || speakInPage(language),
    () => undefined,
  );
}
