import { amounts } from './amounts.ts';
import { count, list } from './quantities.ts';

export const models = {
  intro:
    'A language model on this computer reads every memory, so that a search finds what means the same in other words. Everyone who uses this library shares it.',
  inUse: 'Model in use',
  noneYet: 'None yet: it is chosen when the first has loaded.',
  stays: (now: string, next: string) =>
    `Search stays on ${now} while ${next} is being prepared, and changes over when all is ready.`,
  goBack: (name: string) => `Go back to ${name}`,
  memoriesRead: 'Memories read',
  others: 'Other models',
  add: 'Add a model…',
  layout:
    'A folder in the layout of sentence-transformers: config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx.',
  alreadyInUse: (name: string) => `${name} is the model that is in use already.`,
  notPrepared: (name: string) => `${name} is not being prepared any further.`,
  beingPrepared: (name: string, percent: number) => `${name} is being prepared: ${count(percent)} %`,
  reading: {
    ready: 'ready',
    waiting: 'waiting',
    failed: 'failed',
    why: (problem: string) => `Why some failed: ${problem}`,
    resume: 'Resume reading',
    pause: 'Pause reading',
    tryAgain: 'Try failed ones again',
    pausedByWords:
      'Paused until you resume it or start Loci again. What has not been read is found by its words.',
    pausedNothing: 'Paused until you resume it or start Loci again. What you write meanwhile waits.',
    gettingReady: 'The model is getting ready.',
    standsStill: 'Reading stands still.',
    elsewhere: 'Another Loci that has this library open is reading.',
    newestFirst: 'Reading, the newest first. What has not been read is found by its words.',
    triesAgain:
      'What has not been read is found by its words. Loci tries again by itself, less and less often.',
    nothing: 'There is nothing to read yet.',
    all: 'Every memory can be found by meaning.',
  },
  row: {
    prepare: 'Prepare…',
    prepareOne: (name: string) => `Prepare… ${name}`,
    switch: 'Switch to it',
    switchOne: (name: string) => `Switch to it: ${name}`,
    cancelOne: (name: string) => `Cancel: ${name}`,
    remove: 'Remove…',
    removeOne: (name: string) => `Remove… ${name}`,
    pause: 'Pause',
    pauseOne: (name: string) => `Pause: ${name}`,
    goOn: 'Go on',
    goOnOne: (name: string) => `Go on: ${name}`,
    tryAgainOne: (name: string) => `Try again: ${name}`,
    preparing: (name: string) => `Preparing ${name}`,
  },
  job: {
    soFar: (read: number, total: number) => `${count(read)} of ${amounts.memories(total)} read`,
    queued: 'Waits for its turn.',
    loading: 'Copying and loading it.',
    allRead: (total: number) => `All ${amounts.memories(total)} read. Making them quick to find.`,
    paused: 'Paused.',
    pausedAt: (soFar: string) => `Paused: ${soFar}.`,
    interrupted: 'Interrupted when Loci was closed.',
    interruptedAt: (soFar: string) => `Interrupted when Loci was closed: ${soFar}.`,
    stopped: 'Stopped.',
    stoppedAt: (soFar: string) => `Stopped: ${soFar}.`,
    failed: 'It could not be prepared. The log says more.',
    ready: 'Ready.',
  },
  state: {
    cameWithLoci: 'Came with Loci. Nothing has been read with it yet.',
    nothingRead: 'Nothing has been read with it yet.',
    filesGone: 'Its files are not there any more: it can only be removed.',
    elsewhere: 'Somebody else who uses this library is preparing it.',
    notReady: (read: number, total: number) =>
      `Not ready: it has read ${count(read)} of ${amounts.memories(total)}. Add its folder again to go on.`,
    ready: 'Ready.',
    readyBut: (missing: readonly string[]) => `Ready, but for ${list(missing)}.`,
    writtenSince: (memories: number) => `${amounts.memories(memories)} written since`,
    notRead: (memories: number) => `${amounts.memories(memories)} it could not read`,
  },
  size: {
    numbers: (numbers: number, pieces: number) =>
      pieces > 1
        ? `${count(numbers)} numbers for each of ${count(pieces)} pieces of text`
        : `${count(numbers)} numbers for each piece of text`,
    files: (size: string) => `${size} of files`,
    library: (size: string) => `about ${size} of the library`,
  },
  prepare: {
    title: (name: string) => `Search with ${name}?`,
    sizeOnDisk: 'Size on disk',
    forEachPiece: 'For each piece',
    numbers: (numbers: number) => `${count(numbers)} numbers`,
    readsAtOnce: 'Reads at once',
    wordParts: (parts: number) => `${count(parts)} word parts`,
    text: (memories: number, now: string) =>
      `Loci copies it and reads ${amounts.memories(memories)} with it, in the background. Search goes on with ${now} and changes over by itself when all is ready.`,
    modelInUse: 'the model in use',
    deed: 'Prepare it',
    notNow: 'Not now',
  },
  remove: {
    title: (name: string) => `Remove ${name}?`,
    frees: (library: string) =>
      `This frees about ${library} in the library, for what you add to it. No memory is touched, and search stays as it is.`,
    freesFiles: (library: string, files: string) =>
      `This frees about ${library} in the library, for what you add to it, and ${files} of files on this computer. No memory is touched, and search stays as it is.`,
    again: (read: number) =>
      read === 0
        ? 'To use it again, Loci has to read everything with it anew.'
        : `To use it again, Loci has to read ${amounts.memories(read)} with it anew.`,
    againShipped: (read: number) =>
      read === 0
        ? 'To use it again, Loci has to read everything with it anew; its files came with Loci and stay.'
        : `To use it again, Loci has to read ${amounts.memories(read)} with it anew; its files came with Loci and stay.`,
    deed: 'Remove it',
    keep: 'Keep it',
  },
};
