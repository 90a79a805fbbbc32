import { useSyncExternalStore } from 'react';
import { languageNow, speak, textsIn, type Texts } from '../../shared/texts/index.ts';
import type { Language } from '../../shared/texts/language.ts';

const watchers = new Set<() => void>();

/** Everything this page says, in the chosen language; a component that uses it is shown anew when another is chosen. */
export function useTexts(): Texts {
  return textsIn[useSyncExternalStore(watch, languageNow, languageNow)];
}

/** For the one who hears from main what was chosen. */
export function speakInPage(language: Language): void {
  document.documentElement.lang = language;
  if (language === languageNow()) return;
  speak(language);
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
