import type { models as english } from '../en/models.ts';
import type { TextsOf } from '../texts-of.ts';
import { amounts } from './amounts.ts';
import { count, list } from './quantities.ts';

export const models: TextsOf<typeof english> = {
  intro:
    'Ein Sprachmodell auf diesem Computer liest jede Erinnerung, damit eine Suche auch findet, was dasselbe mit anderen Worten meint. Alle, die diese Bibliothek benutzen, teilen es sich.',
  inUse: 'Verwendetes Modell',
  noneYet: 'Noch keins: Es wird gewählt, sobald das erste geladen ist.',
  stays: (now, next) =>
    `Die Suche bleibt bei ${now}, während ${next} vorbereitet wird, und wechselt, wenn alles bereit ist.`,
  goBack: (name) => `Zurück zu ${name}`,
  memoriesRead: 'Gelesene Erinnerungen',
  others: 'Andere Modelle',
  add: 'Modell hinzufügen…',
  layout:
    'Ein Ordner im Aufbau von sentence-transformers: config.json, tokenizer.json, tokenizer_config.json und onnx/model.onnx.',
  alreadyInUse: (name) => `${name} wird schon verwendet.`,
  notPrepared: (name) => `${name} wird nicht weiter vorbereitet.`,
  beingPrepared: (name, percent) => `${name} wird vorbereitet: ${count(percent)} %`,
  reading: {
    ready: 'bereit',
    waiting: 'warten',
    failed: 'fehlgeschlagen',
    why: (problem) => `Warum manche fehlgeschlagen sind: ${problem}`,
    resume: 'Weiterlesen',
    pause: 'Lesen anhalten',
    tryAgain: 'Fehlgeschlagene erneut versuchen',
    pausedByWords:
      'Angehalten, bis du es fortsetzt oder Loci neu startest. Was nicht gelesen ist, wird nach seinen Wörtern gefunden.',
    pausedNothing:
      'Angehalten, bis du es fortsetzt oder Loci neu startest. Was du inzwischen schreibst, wartet.',
    gettingReady: 'Das Modell macht sich bereit.',
    standsStill: 'Das Lesen steht still.',
    elsewhere: 'Ein anderes Loci, das diese Bibliothek geöffnet hat, liest gerade.',
    newestFirst:
      'Wird gelesen, das Neueste zuerst. Was nicht gelesen ist, wird nach seinen Wörtern gefunden.',
    triesAgain:
      'Was nicht gelesen ist, wird nach seinen Wörtern gefunden. Loci versucht es von selbst wieder, immer seltener.',
    nothing: 'Noch gibt es nichts zu lesen.',
    all: 'Jede Erinnerung ist nach Bedeutung zu finden.',
  },
  row: {
    prepare: 'Vorbereiten…',
    prepareOne: (name) => `Vorbereiten… ${name}`,
    switch: 'Dazu wechseln',
    switchOne: (name) => `Dazu wechseln: ${name}`,
    cancelOne: (name) => `Abbrechen: ${name}`,
    remove: 'Entfernen…',
    removeOne: (name) => `Entfernen… ${name}`,
    pause: 'Anhalten',
    pauseOne: (name) => `Anhalten: ${name}`,
    goOn: 'Fortsetzen',
    goOnOne: (name) => `Fortsetzen: ${name}`,
    tryAgainOne: (name) => `Erneut versuchen: ${name}`,
    preparing: (name) => `${name} wird vorbereitet`,
  },
  job: {
    soFar: (read, total) => `${count(read)} von ${count(total)} Erinnerungen gelesen`,
    queued: 'Wartet, bis es an der Reihe ist.',
    loading: 'Wird kopiert und geladen.',
    allRead: (total) =>
      `Alles gelesen: ${amounts.memories(total)}. Jetzt werden sie schnell auffindbar gemacht.`,
    paused: 'Angehalten.',
    pausedAt: (soFar) => `Angehalten: ${soFar}.`,
    interrupted: 'Unterbrochen, als Loci beendet wurde.',
    interruptedAt: (soFar) => `Unterbrochen, als Loci beendet wurde: ${soFar}.`,
    stopped: 'Abgebrochen.',
    stoppedAt: (soFar) => `Abgebrochen: ${soFar}.`,
    failed: 'Es ließ sich nicht vorbereiten. Im Protokoll steht mehr.',
    ready: 'Bereit.',
  },
  state: {
    cameWithLoci: 'Kam mit Loci. Noch wurde nichts damit gelesen.',
    nothingRead: 'Noch wurde nichts damit gelesen.',
    filesGone: 'Seine Dateien sind nicht mehr da: Es lässt sich nur noch entfernen.',
    elsewhere: 'Jemand anderes, der diese Bibliothek benutzt, bereitet es gerade vor.',
    notReady: (read, total) =>
      `Nicht bereit: ${count(read)} von ${count(total)} Erinnerungen sind gelesen. Füge seinen Ordner noch einmal hinzu, um weiterzumachen.`,
    ready: 'Bereit.',
    readyBut: (missing) => `Bereit, bis auf ${list(missing)}.`,
    writtenSince: (memories) => `${amounts.memories(memories)} von seither`,
    notRead: (memories) => `${amounts.memories(memories)}, die nicht lesbar waren`,
  },
  size: {
    numbers: (numbers, pieces) =>
      pieces > 1
        ? `${count(numbers)} Zahlen für jedes von ${count(pieces)} Textstücken`
        : `${count(numbers)} Zahlen für jedes Textstück`,
    files: (size) => `${size} an Dateien`,
    library: (size) => `etwa ${size} der Bibliothek`,
  },
  prepare: {
    title: (name) => `Mit ${name} suchen?`,
    sizeOnDisk: 'Größe auf dem Datenträger',
    forEachPiece: 'Für jedes Stück',
    numbers: (numbers) => `${count(numbers)} Zahlen`,
    readsAtOnce: 'Liest auf einmal',
    wordParts: (parts) => `${count(parts)} Wortteile`,
    text: (memories, now) =>
      `Loci kopiert es und liest damit im Hintergrund ${amounts.memories(memories)}. Die Suche geht mit ${now} weiter und wechselt von selbst, wenn alles bereit ist.`,
    modelInUse: 'dem verwendeten Modell',
    deed: 'Vorbereiten',
    notNow: 'Nicht jetzt',
  },
  remove: {
    title: (name) => `${name} entfernen?`,
    frees: (library) =>
      `Das macht in der Bibliothek etwa ${library} frei, für das, was du hinzufügst. Keine Erinnerung wird angerührt, und die Suche bleibt, wie sie ist.`,
    freesFiles: (library, files) =>
      `Das macht in der Bibliothek etwa ${library} frei, für das, was du hinzufügst, und auf diesem Computer ${files} an Dateien. Keine Erinnerung wird angerührt, und die Suche bleibt, wie sie ist.`,
    again: (read) =>
      read === 0
        ? 'Um es wieder zu verwenden, muss Loci alles neu damit lesen.'
        : `Um es wieder zu verwenden, muss Loci ${amounts.memories(read)} neu damit lesen.`,
    againShipped: (read) =>
      read === 0
        ? 'Um es wieder zu verwenden, muss Loci alles neu damit lesen; seine Dateien kamen mit Loci und bleiben.'
        : `Um es wieder zu verwenden, muss Loci ${amounts.memories(read)} neu damit lesen; seine Dateien kamen mit Loci und bleiben.`,
    deed: 'Entfernen',
    keep: 'Behalten',
  },
};
