import { app } from 'electron';
import { languageNow, speak } from '../../shared/texts/index.ts';
import { languageOf, type Language, type LanguageSetting } from '../../shared/texts/language.ts';

export interface LanguageKeeper {
  choose(setting: LanguageSetting): void;
}

/** The one who decides what is spoken: whoever needs words asks `textsNow`, the pages are told. */
export function keepLanguage(remembered: LanguageSetting, onChange: (now: Language) => void): LanguageKeeper {
  const meant = (setting: LanguageSetting) => languageOf(setting, app.getPreferredSystemLanguages());
  speak(meant(remembered));
  return {
    choose(setting) {
      const language = meant(setting);
      if (language === languageNow()) return;
      speak(language);
      onChange(language);
    },
  };
}
