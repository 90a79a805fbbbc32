import type { problems as english } from '../en/problems.ts';
import type { TextsOf } from '../texts-of.ts';
import { count } from './quantities.ts';

const inLog = 'Versuche es erneut. Wenn es so bleibt, steht im Protokoll, was geschehen ist.';

export const problems: TextsOf<typeof english> = {
  internal: {
    title: 'Loci konnte deine Bibliothek nicht öffnen',
    meaning:
      'Es ist etwas geschehen, wofür Loci keinen Namen hat. In deiner Bibliothek wurde dadurch nichts geändert.',
    advice: inLog,
  },
  noAnswer: {
    title: 'Dieses Fenster hat die Verbindung zu Loci verloren',
    meaning:
      'Der Teil von Loci, der sich um deine Bibliothek kümmert, antwortet nicht. An ihr wurde nichts geändert.',
    advice: 'Versuche es erneut. Bleibt es dabei, schließe Loci und starte es wieder.',
  },
  cluster: {
    wrong_major: {
      title: 'Diese Bibliothek stammt von einer anderen Version von Loci',
      meaning:
        'Sie ist im Format einer anderen Datenbankversion gespeichert, das dieses Loci nicht lesen kann. An ihr wurde nichts geändert.',
      advice: 'Öffne sie mit der Version von Loci, die sie angelegt hat.',
    },
    permission: {
      title: 'Loci darf den Ordner deiner Bibliothek nicht benutzen',
      meaning:
        'Das System hat den Zugriff verweigert, oder der Datenträger kann die Bibliothek nicht für dich allein halten. An ihr wurde nichts geändert.',
      advice:
        'Sorge dafür, dass der Ordner dir gehört und auf einem lokalen Datenträger liegt, nicht auf einer Netzwerkfreigabe oder einem für Windows formatierten Stick, und versuche es dann erneut.',
    },
    disk_full: {
      title: 'Der Datenträger ist voll',
      meaning:
        'Alles bisher Gesicherte ist in Sicherheit, aber die Datenbank braucht freien Platz, um zu starten und weiterzuarbeiten.',
      advice:
        'Schaffe mindestens 500 MB Platz auf dem Datenträger mit deiner Bibliothek und versuche es dann erneut.',
    },
    damaged: {
      title: 'Die Bibliothek ist beschädigt',
      meaning:
        'Dateien der Datenbank fehlen oder sind nicht lesbar. Loci hat alles so gelassen, wie es ist: Nichts wurde gelöscht, nichts neu angelegt.',
      advice:
        'Kopiere den Ordner der Bibliothek an einen sicheren Ort und stelle dann deine letzte Sicherheitskopie wieder her. Ist der Datenträger alt, lass ihn prüfen.',
    },
    binaries_missing: {
      title: 'Ein Teil von Loci fehlt',
      meaning:
        'Dateien des Datenbankservers, der mit Loci kommt, fehlen oder wurden verändert. Ein Virenscanner oder ein unterbrochenes Update kann das verursachen. Deine Bibliothek ist nicht betroffen.',
      advice: 'Installiere Loci neu. Deine Bibliothek bleibt, wo sie ist.',
    },
    not_ours: {
      title: 'Dieser Ordner enthält etwas, das keine Loci-Bibliothek ist',
      meaning:
        'Wo Loci seine Datenbank hat, liegen Dateien eines anderen Programms. Sie wurden nicht angerührt.',
      advice: 'Wähle einen anderen Ordner für deine Bibliothek oder verschiebe diese Dateien.',
    },
    busy: {
      title: 'Die Bibliothek wird noch benutzt',
      meaning:
        'Ein Datenbankserver von einem früheren Start arbeitet noch an dieser Bibliothek und ließ sich nicht anhalten. Zwei zugleich würden sie beschädigen.',
      advice: 'Warte eine Minute und versuche es erneut. Wenn es so bleibt, starte den Computer neu.',
    },
    already_open: {
      title: 'Deine Bibliothek ist schon geöffnet',
      meaning:
        'Ein anderes Loci auf diesem Computer hat sie geöffnet. Es wurde gebeten, nach vorne zu kommen.',
      advice: 'Mach im anderen Fenster weiter.',
    },
    initdb_failed: {
      title: 'Die Bibliothek konnte nicht angelegt werden',
      meaning: 'Der Datenbankserver konnte keine neue Bibliothek einrichten. Es blieb nichts zurück.',
      advice: inLog,
    },
    start_timeout: {
      title: 'Die Datenbank hat nicht rechtzeitig geantwortet',
      meaning:
        'Sie wurde gestartet, ist aber nicht bereit. Nichts ging verloren; vielleicht ist der Computer sehr beschäftigt.',
      advice: inLog,
    },
    start_failed: {
      title: 'Die Datenbank ist nicht gestartet',
      meaning:
        'Sie hat gleich nach dem Start angehalten. Alles bisher Gesicherte ist noch auf dem Datenträger.',
      advice: inLog,
    },
    lost: {
      title: 'Die Datenbank hat unerwartet angehalten',
      meaning: 'Alles bisher Gesicherte ist auf dem Datenträger.',
      advice: 'Versuche es erneut; Loci startet die Datenbank neu.',
    },
  },
  database: {
    address_invalid: {
      title: 'Die Adresse deiner Datenbank ist nicht lesbar',
      meaning: 'LOCI_DATABASE_URL nennt keine PostgreSQL-Datenbank. Nichts wurde geöffnet oder geändert.',
      advice:
        'Sie sieht so aus: postgresql://user:password@host:5432/database. Zeichen wie @ / : # in einem Passwort werden als %40 %2F %3A %23 geschrieben.',
    },
    database_unreachable: {
      title: 'Die Datenbank deiner Bibliothek antwortet nicht',
      meaning: 'Loci konnte sich nicht mit ihr verbinden. An ihr wurde nichts geändert.',
      advice:
        'Sorge dafür, dass der Server läuft und dass Adresse und Port stimmen, und versuche es dann erneut.',
    },
    encryption_failed: {
      title: 'Es gibt keine sichere Verbindung zur Datenbank',
      meaning:
        'Loci und der Server konnten sich nicht auf eine verschlüsselte Verbindung einigen, oder seinem Zertifikat ist nicht zu trauen. Nichts wurde gesendet oder geändert.',
      advice:
        'Frage die Person, die den Server betreibt, nach dem richtigen Ende der Adresse, etwa ?sslmode=verify-full oder ?sslmode=verify-full&sslrootcert=/pfad/zum/zertifikat.',
    },
    login_refused: {
      title: 'Der Datenbankserver hat Loci nicht hereingelassen',
      meaning: 'Er antwortet, aber nicht diesem Benutzer mit diesem Passwort. Nichts wurde geändert.',
      advice: 'Prüfe Benutzer und Passwort in der Adresse der Datenbank und versuche es dann erneut.',
    },
    database_missing: {
      title: 'Diese Datenbank gibt es auf dem Server nicht',
      meaning: 'Der Server antwortet, aber die Datenbank für deine Bibliothek gibt es dort nicht.',
      advice: 'Prüfe den Namen am Ende ihrer Adresse, oder lass eine leere Datenbank dieses Namens anlegen.',
    },
    server_not_ready: {
      title: 'Der Datenbankserver ist nicht bereit',
      meaning:
        'Er startet oder hält gerade an, oder er hat keinen Platz für eine weitere Verbindung. Nichts wurde geändert.',
      advice: 'Versuche es gleich noch einmal.',
    },
    server_too_old: {
      title: 'Der Datenbankserver ist zu alt',
      meaning: 'Loci braucht PostgreSQL 15 oder neuer mit pgvector 0.8 oder neuer. Nichts wurde geändert.',
      advice: 'Aktualisiere den Server, oder lass Loci die Datenbank benutzen, die es mitbringt.',
    },
    encoding_wrong: {
      title: 'Diese Datenbank kann nicht jeden Text aufnehmen',
      meaning:
        'Sie speichert Text in einer Kodierung, der die meisten Buchstaben der Welt fehlen. Nichts wurde geändert.',
      advice: "Lass eine neue Datenbank anlegen: create database … template template0 encoding 'UTF8'",
    },
    letters_unknown: {
      title: 'Diese Datenbank kennt nicht alle Buchstaben',
      meaning:
        'In ihrem Gebietsschema gehören große und kleine Buchstaben anders zusammen, als Loci annimmt. Nichts wurde geändert.',
      advice:
        "Lass eine neue Datenbank anlegen: create database … template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale 'C'",
    },
    database_read_only: {
      title: 'Diese Datenbank lässt sich nur lesen',
      meaning:
        'Sie ist eine Kopie, die einem anderen Server folgt, oder wurde schreibgeschützt. Nichts wurde geändert.',
      advice: 'Gib Loci die Adresse des Servers, auf den geschrieben werden darf.',
    },
    extension_missing: {
      title: 'Dem Datenbankserver fehlt etwas, das Loci braucht',
      meaning:
        'Um Erinnerungen nach Bedeutung und nach Wörtern zu finden, braucht es Erweiterungen, die dort nicht installiert sind. Nichts wurde geändert.',
      advice:
        'Installiere pgvector und die contrib-Erweiterungen auf dem Server und versuche es dann erneut.',
    },
    extension_forbidden: {
      title: 'Die Verwaltung des Servers muss erlauben, was Loci braucht',
      meaning:
        'Der Server hat die Erweiterungen, die Loci braucht, aber der Benutzer, mit dem sich Loci verbindet, darf sie nicht in diese Datenbank aufnehmen. Nichts wurde geändert.',
      advice:
        'Lass in dieser Datenbank mit den Rechten der Verwaltung ausführen: create extension vector; create extension pg_trgm; create extension unaccent;',
    },
    rights_missing: {
      title: 'Loci darf in dieser Datenbank nicht arbeiten',
      meaning: 'Dem Benutzer, mit dem sich Loci verbindet, fehlen Rechte. Nichts wurde geändert.',
      advice:
        'Lass diesen Benutzer auf dem Server zum Eigentümer der Datenbank und aller Tabellen darin machen.',
    },
    library_newer: {
      title: 'Diese Bibliothek wurde mit einem neueren Loci benutzt',
      meaning:
        'Sie wurde für eine Version aktualisiert, die diese hier nicht kennt. Sie blieb genau so, wie sie ist.',
      advice: 'Installiere die neueste Version von Loci und öffne die Bibliothek damit.',
    },
    update_failed: {
      title: 'Deine Bibliothek konnte nicht aktualisiert werden',
      meaning:
        'Diese Version von Loci hält sie in einer neuen Form, und die Änderung ist fehlgeschlagen. Sie ist genau so wie zuvor.',
      advice:
        'Mach mit der Version von Loci weiter, die du zuletzt benutzt hast. Im Protokoll steht, was geschehen ist.',
    },
  },
  noRoomForCopy: {
    title: 'Für eine Sicherheitskopie ist kein Platz',
    meaning:
      'Diese Version von Loci muss deine Bibliothek aktualisieren und tut das nicht ohne eine Kopie. Nichts wurde geändert.',
    advice: (megabytes) =>
      `Schaffe ${count(megabytes)} MB Platz auf dem Datenträger mit deiner Bibliothek und versuche es dann erneut.`,
  },
  copyFailed: {
    title: 'Die Sicherheitskopie ist fehlgeschlagen',
    meaning:
      'Diese Version von Loci muss deine Bibliothek aktualisieren und tut das nicht ohne eine Kopie. Nichts wurde geändert.',
    advice:
      'Versuche es erneut. Wenn es so bleibt, lass den Datenträger prüfen; im Protokoll steht, was geschehen ist.',
  },
  ordinaryUser: 'Starte Loci als gewöhnlicher Benutzer dieses Computers.',
  temporaryFolder:
    'Sorge dafür, dass es den Ordner für temporäre Dateien gibt und dass du dort schreiben darfst.',
  moved: {
    title: 'Deine Bibliothek ist nicht da',
    unreadable: (folder) => `Wohin sie umgezogen ist, steht in ${folder}, und das ist nicht lesbar.`,
    gone: (folder) =>
      `Sie ist nach ${folder} umgezogen, und in diesem Ordner ist jetzt keine Bibliothek. Vielleicht liegt er auf einem Datenträger, der nicht angeschlossen ist.`,
    advice: 'Schließe den Datenträger an oder bring den Ordner zurück und versuche es dann erneut.',
  },
};
