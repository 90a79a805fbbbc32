import { count, plural } from './quantities.ts';

/** Why something could not be done. What is about one part of Loci alone stands with that part. */
export const failures = {
  internal: 'Something went wrong inside Loci. The log has the details.',
  unknownAction: 'Loci does not know this action.',
  badRequest: 'Something in this request is not as Loci expects it.',
  noAnswer: 'Loci did not answer. Close it and start it again; the log says more.',
  visible: 'Something visible is needed.',
  years: 'Only dates of the years 1 to 9999 can be kept.',
  laterSearch: 'A later search took its place.',
  undone: 'This can no longer be undone: it was undone already, or it is too long ago.',
  libraryClosed: 'Your library is closed.',
  gone: {
    memory: 'This memory no longer exists. It may have been deleted in the meantime.',
    session: 'This session no longer exists. It may have been deleted in the meantime.',
    tag: 'This tag no longer exists. It may have been deleted in the meantime.',
    document: 'This document no longer exists. It may have been deleted in the meantime.',
    specialization: 'This specialization no longer exists. It may have been deleted in the meantime.',
    savedSearch: 'This saved search no longer exists. It may have been deleted in the meantime.',
    version: 'This version no longer exists. It may have been deleted in the meantime.',
    person: 'This person no longer exists. It may have been deleted in the meantime.',
    job: 'This job no longer exists. It may have been deleted in the meantime.',
    file: 'This file no longer exists. It may have been deleted in the meantime.',
    folder: 'This folder no longer exists. It may have been deleted in the meantime.',
    model: 'This model no longer exists. It may have been deleted in the meantime.',
    thing: 'This no longer exists. It may have been deleted in the meantime.',
  },
  memory: {
    inTrash: 'This memory is in the trash. Restore it first to change it.',
    changed: 'This memory was changed in the meantime. Nothing was overwritten.',
    changedAtOnce:
      'This memory was changed at the same moment elsewhere, and this change was not saved. Please try again.',
    tooLarge: 'A memory can hold 2 MB of text. Divide this into several memories.',
    titleTooLong: (most: number) =>
      `A title can have ${count(most)} characters. Put the rest into the memory.`,
    empty: 'There is nothing here to remember yet. Write something, or give it a title.',
    tagName: 'The name of a tag has 1 to 100 characters, one of them visible.',
    tooManyTags: (most: number) =>
      `A memory can be under ${count(most)} tags at most. Take it from under some others first.`,
    mergedWithItself: 'A memory cannot be merged with itself. Choose another one.',
    tooMuchAtOnce: 'This is too much at once. Choose fewer tags, or fewer memories.',
    notThePage: 'This is not where a page of this list ended. Open the list again.',
    titleLength: 'A memory’s title may have 500 characters at most.',
    contentLength: 'A memory needs a text or a title, and its text may have 2 MB at most.',
    importance: 'A memory’s importance lies between 0 and 1.',
  },
  tag: {
    nameTaken: (name: string) => `There is a tag “${name}” already. Choose another name, or merge the two.`,
    taken: 'You have a tag with this name already. Capital letters make no difference.',
    name: 'A tag’s name needs 1 to 100 characters, without spaces around it.',
    mergedWithItself: 'A tag cannot be merged with itself. Choose another one.',
    changedAtOnce: 'These tags were changed by others at the same moment. Please try again.',
  },
  session: {
    title: 'A session’s title needs 1 to 200 characters.',
    expires: 'A session must expire after it has started.',
    ends: 'A session cannot end before it has started.',
  },
  document: {
    taken: 'Exactly this file is in your library already.',
    name: 'A document’s name needs 1 to 1,000 characters.',
    changedAtOnce: 'This document was changed by others at the same moment. Please try again.',
  },
  person: {
    emailTaken: 'Somebody else here has this e-mail address already.',
    name: 'A person’s name needs 1 to 200 characters.',
    email: 'This does not look like an e-mail address.',
  },
  specialization: {
    taken: 'You have a specialization with this name already. Capital letters make no difference.',
    name: 'A specialization’s name needs 1 to 200 characters, without spaces around it.',
    description: 'A description may have 20,000 characters at most.',
    tags: 'A specialization may have 50 tags at most.',
    domain: 'A domain may have 200 characters at most.',
  },
  savedSearch: {
    nameTaken: (name: string) => `There is a saved search “${name}” already. Choose another name.`,
    taken: 'You have a saved search with this name already. Capital letters make no difference.',
    name: 'A saved search’s name needs 1 to 200 characters, without spaces around it.',
    query: 'A search may have 10,000 characters at most.',
  },
  database: {
    gone: 'The database of your library is not answering. Nothing that was saved is lost; try again in a moment.',
    unreadableText:
      'Something in this text or value cannot be stored. Remove unusual invisible characters and try again.',
    strangeDate: 'A date or time here is not one that Loci can keep. Only those of the years 1 to 9999 are.',
    changedElsewhere: 'Two changes met at the same moment, and this one was not saved. Please try again.',
    tookTooLong: 'This took too long and was stopped. Nothing was changed; try again.',
    stillInUse: 'This is still used by something else and cannot be removed.',
    onlyOne: 'Something like this already exists, and there can be only one.',
    overlaps: 'This overlaps with something that already exists.',
    ownerGone: 'Something this belongs to no longer exists. It may have been deleted in the meantime.',
    outside: 'A value lies outside of what Loci can keep.',
    leftOut: 'Something that is needed was left out.',
    tooLong: 'A text is longer than Loci can keep.',
    tooLarge: 'Something is larger than Loci can keep.',
    busy: 'Other work on your library is not finished yet. Nothing was changed; try again in a moment.',
    cancelled: 'This was cancelled. Nothing was changed.',
    diskFull:
      'The disk is full. Nothing that was saved is lost; free some space on the disk with your library and try again.',
    readOnly: 'The database can only be read at the moment. Nothing was changed.',
    noRights: 'Loci lacks the rights for this in the database that holds your library.',
    diskError:
      'The disk with your library reported an error. Make a copy of your library and have it checked.',
    damaged: 'A part of your library cannot be read. Your safety copies are untouched.',
    notAccepted:
      'The database of your library did not accept Loci. Check the user and password in its address.',
    notThere: 'The database that should hold your library does not exist.',
    overloaded: 'The database of your library has more to do than it can. Try again in a moment.',
  },
  meaning: {
    missing:
      'The files Loci needs to search by meaning are missing. Everything else works; installing Loci again brings them back.',
    damaged:
      'The files Loci needs to search by meaning are damaged. Everything else works; installing Loci again repairs them.',
    crashed: 'The part of Loci that searches by meaning keeps failing. Everything else works.',
    stopped: 'Loci is closing.',
    timeout: 'Searching by meaning took too long. Everything else works.',
    failed: 'Loci could not make sense of this text. Everything else works.',
    asOf: 'The library as it was is searched by words: what its texts meant is only known of those of today.',
    reading: 'Something went wrong while memories were embedded.',
  },
  model: {
    removing: 'What this model has left is still being removed. Try again soon.',
    inUseAlready: 'This is the model that is in use already.',
    preparingAlready: 'This model is being prepared already.',
    preparing: 'This model is being prepared.',
    notAllRead: 'Not all memories have been read with this model yet.',
    filesGone: 'The files of this model are not there any more.',
    filesChanged: 'The files of this model are not there any more, or have changed.',
    inUse: 'This model is in use. Go back to another one first.',
    cancelFirst: 'This model is being prepared. Cancel that first.',
    unusable: 'Loci cannot use the model in this folder. Choose another one.',
    unusableBecause: (reason: string) =>
      `Loci cannot use the model in this folder. ${reason} Choose another one.`,
    someFailed: (memories: number) =>
      plural(memories, {
        one: '1 memory could not be read with this model. Loci goes on with the one before.',
        other: `${memories} memories could not be read with this model. Loci goes on with the one before.`,
      }),
  },
};
