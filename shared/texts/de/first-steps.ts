import type { firstSteps as english } from '../en/first-steps.ts';
import type { TextsOf } from '../texts-of.ts';
import { count } from './quantities.ts';

export const firstSteps: TextsOf<typeof english> = {
  lookAround: 'Oder sieh dich erst um, in sechzig Erinnerungen, die niemandem gehören:',
  openingSample: 'Beispiel wird geöffnet…',
  openSample: 'Beispielbibliothek öffnen',
  takeTour: 'Rundgang machen',
  note: 'Das Beispiel ist eine eigene Bibliothek, auf Englisch. Es ist mit einem Klick entfernt, und nichts davon gerät je unter deine Erinnerungen.',
  hint: 'Hinweis',
  hintRead: 'Hinweis gelesen',
  sampleGone: 'Die Beispielbibliothek ist weg. Das ist deine eigene.',
  sample: 'Beispielbibliothek',
  sampleText: 'Das ist ein Beispiel. Nichts davon ist in deiner eigenen Bibliothek.',
  removeSample: 'Beispiel entfernen',
  leaveTour: 'Rundgang verlassen',
  step: (step, steps) => `${count(step)} von ${count(steps)}`,
  back: 'Zurück',
  next: 'Weiter',
  done: 'Fertig',
  steps: {
    meaning: {
      title: 'Sag, was du meinst',
      text: 'Schreib eine Frage oder ein paar Wörter. Loci findet, was davon handelt, auch wenn es das mit anderen Worten sagt.',
      inSample:
        'Hier wird gefragt, was bei Kopfschmerzen hilft. Keins der Wörter steht in der Antwort: Loci hat sie nach ihrer Bedeutung gefunden.',
    },
    why: {
      title: 'Warum es gefunden wurde',
      text: 'Der Balken am Rand eines Treffers zeigt, was für ihn spricht. Verweile darauf oder drücke die Leertaste, um es in Worten zu lesen.',
    },
    narrow: {
      title: 'Grenze es ein',
      text: 'Auch Schlagwörter, Zeiten und Wichtigkeit sind Wörter einer Suche: tag:Garten after:"letzter Monat". Die Filter unter dem Feld lassen sich einzeln wegnehmen.',
      inSample:
        'Das alles handelt vom Garten, aus den letzten Monaten. Die Filter unter dem Feld lassen sich einzeln wegnehmen.',
    },
    write: {
      title: 'Schreib es gleich auf',
      text: 'Eine neue Erinnerung ist nur eine Taste entfernt, hier und in jedem anderen Programm. Sie braucht keinen Ordner und keinen Titel.',
    },
    rest: {
      title: 'Alles andere',
      text: 'Alles, was geht, steht in einer Liste, mit seinem Tastenkürzel. Auch die Hilfe ist in der App, und nichts, was du schreibst, verlässt je diesen Computer.',
    },
  },
};
