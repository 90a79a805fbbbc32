import type { updates as english } from '../en/updates.ts';
import type { TextsOf } from '../texts-of.ts';

export const updates: TextsOf<typeof english> = {
  impossible:
    'Diese Kopie von Loci sucht nicht nach neuen Versionen. Sie kommen auf dem Weg, auf dem sie installiert wurde.',
  look: 'Einmal am Tag nach neuen Versionen suchen',
  lookHint:
    'Ausgeschaltet nutzt Loci das Netz nie. Eingeschaltet fragt es eine einzige Adresse nach der neuesten Version und verrät nichts über dich oder was du geschrieben hast. Ungefragt wird nichts installiert.',
  lookNow: 'Jetzt suchen',
  install: (version) => `${version} installieren und neu starten`,
  newest: 'Das ist die neueste Version.',
  checking: 'Suche läuft…',
  downloading: (version, share) => `${version} wird geladen, ${share}`,
  ready: 'Bevor die neue Version deine Bibliothek öffnet, wird sie kopiert.',
  installing: (version) => `Loci wird geschlossen, um ${version} zu installieren…`,
  unreachable: 'Die Adresse für neue Versionen ist nicht erreichbar. Versuche es später noch einmal.',
  notGenuine:
    'Was ankam, stammt nicht von den Machern von Loci. Es wurde nicht verwendet; diese Version bleibt, wie sie ist.',
};
