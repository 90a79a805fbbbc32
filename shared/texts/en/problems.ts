import { count } from './quantities.ts';

/** What keeps the library from being opened: what happened, what it means, what can be done. */
export const problems = {
  internal: {
    title: 'Loci could not open your library',
    meaning: 'Something happened that Loci has no name for. Nothing in your library was changed by it.',
    advice: 'Try again. If it stays like this, the log says what happened.',
  },
  noAnswer: {
    title: 'This window lost touch with Loci',
    meaning: 'The part of Loci that looks after your library does not answer. Nothing in it was changed.',
    advice: 'Try again. If it stays like this, close Loci and start it again.',
  },
  cluster: {
    wrong_major: {
      title: 'This library was made by another version of Loci',
      meaning:
        'It is stored in the format of another database version, which this Loci cannot read. Nothing was changed in it.',
      advice: 'Open it with the version of Loci that made it.',
    },
    permission: {
      title: 'Loci may not use the folder of your library',
      meaning:
        'The system refused access, or the disk cannot keep the library private to you. Nothing was changed in it.',
      advice:
        'Make sure that the folder belongs to you and lies on a local disk, not on a network share or a memory stick formatted for Windows, then try again.',
    },
    disk_full: {
      title: 'The disk is full',
      meaning: 'Everything saved so far is safe, but the database needs free space to start and to go on.',
      advice: 'Free at least 500 MB on the disk that holds your library, then try again.',
    },
    damaged: {
      title: 'The library is damaged',
      meaning:
        'Files of the database are missing or cannot be read. Loci left everything as it is: nothing was deleted, nothing was made anew.',
      advice:
        'Copy the library folder to a safe place, then restore your latest safety copy. If the disk is old, have it checked.',
    },
    binaries_missing: {
      title: 'A part of Loci is missing',
      meaning:
        'Files of the database server that comes with Loci are gone or changed. A virus scanner or an interrupted update can do this. Your library is not affected.',
      advice: 'Install Loci again. Your library stays where it is.',
    },
    not_ours: {
      title: 'This folder holds something that is not a Loci library',
      meaning: 'There are files of another program where Loci keeps its database. They were left untouched.',
      advice: 'Choose another folder for your library, or move these files away.',
    },
    busy: {
      title: 'The library is still in use',
      meaning:
        'A database server from an earlier start is still working on this library and did not stop when asked to. Two at once would damage it.',
      advice: 'Wait a minute and try again. If it stays like this, restart the computer.',
    },
    already_open: {
      title: 'Your library is already open',
      meaning: 'Another Loci on this computer has it open. It was asked to come to the front.',
      advice: 'Go on in the other window.',
    },
    initdb_failed: {
      title: 'The library could not be created',
      meaning: 'The database server could not set up a new library. Nothing was left behind.',
      advice: 'Try again. If it stays like this, the log says what happened.',
    },
    start_timeout: {
      title: 'The database did not answer in time',
      meaning: 'It was started but is not ready. Nothing was lost; the computer may be very busy.',
      advice: 'Try again. If it stays like this, the log says what happened.',
    },
    start_failed: {
      title: 'The database did not start',
      meaning: 'It stopped right after it was started. Everything saved so far is still on the disk.',
      advice: 'Try again. If it stays like this, the log says what happened.',
    },
    lost: {
      title: 'The database stopped unexpectedly',
      meaning: 'Everything saved so far is on the disk.',
      advice: 'Try again; Loci starts the database anew.',
    },
  },
  database: {
    address_invalid: {
      title: 'The address of your database cannot be read',
      meaning: 'LOCI_DATABASE_URL does not name a PostgreSQL database. Nothing was opened or changed.',
      advice:
        'It looks like postgresql://user:password@host:5432/database. Characters such as @ / : # in a password ' +
        'are written as %40 %2F %3A %23.',
    },
    database_unreachable: {
      title: 'The database of your library does not answer',
      meaning: 'Loci could not connect to it. Nothing was changed in it.',
      advice: 'Make sure that the server runs and that its address and port are right, then try again.',
    },
    encryption_failed: {
      title: 'There is no safe connection to the database',
      meaning:
        'Loci and the server could not agree on an encrypted connection, or its certificate is not to be trusted. ' +
        'Nothing was sent or changed.',
      advice:
        'Ask who runs the server for the right end of the address, such as ?sslmode=verify-full or ' +
        '?sslmode=verify-full&sslrootcert=/path/to/certificate.',
    },
    login_refused: {
      title: 'The database server did not let Loci in',
      meaning: 'It answers, but not to this user with this password. Nothing was changed in it.',
      advice: 'Check the user and the password in the address of the database, then try again.',
    },
    database_missing: {
      title: 'There is no such database on the server',
      meaning: 'The server answers, but the database that should hold your library does not exist there.',
      advice: 'Check the name at the end of its address, or have an empty database of that name made.',
    },
    server_not_ready: {
      title: 'The database server is not ready',
      meaning: 'It is just starting or stopping, or has no room for another connection. Nothing was changed.',
      advice: 'Try again in a moment.',
    },
    server_too_old: {
      title: 'The database server is too old',
      meaning: 'Loci needs PostgreSQL 15 or newer with pgvector 0.8 or newer. Nothing was changed in it.',
      advice: 'Update the server, or let Loci use the database it brings along.',
    },
    encoding_wrong: {
      title: 'This database cannot hold every text',
      meaning:
        'It keeps text in an encoding that lacks most of the letters of the world. Nothing was changed in it.',
      advice: "Have a new database made: create database … template template0 encoding 'UTF8'",
    },
    letters_unknown: {
      title: 'This database does not know all letters',
      meaning:
        'In its locale capital and small letters belong together otherwise than Loci takes them to. Nothing was changed in it.',
      advice:
        "Have a new database made: create database … template template0 encoding 'UTF8' locale_provider icu icu_locale 'und' locale 'C'",
    },
    database_read_only: {
      title: 'This database can only be read',
      meaning:
        'It is a copy that follows another server, or was set to be read only. Nothing was changed in it.',
      advice: 'Give Loci the address of the server that may be written to.',
    },
    extension_missing: {
      title: 'The database server lacks something Loci needs',
      meaning:
        'Finding memories by meaning and by word needs extensions that are not installed there. Nothing was changed.',
      advice: 'Install pgvector and the contrib extensions on the server, then try again.',
    },
    extension_forbidden: {
      title: 'An administrator has to allow what Loci needs',
      meaning:
        'The server has the extensions Loci needs, but the user Loci connects with may not put them into this database. Nothing was changed.',
      advice:
        'Let an administrator of the server run in this database: ' +
        'create extension vector; create extension pg_trgm; create extension unaccent;',
    },
    rights_missing: {
      title: 'Loci may not work in this database',
      meaning: 'The user Loci connects with lacks rights in it. Nothing was changed.',
      advice:
        'Let an administrator of the server make this user the owner of the database and of all tables in it.',
    },
    library_newer: {
      title: 'This library was used with a newer Loci',
      meaning: 'It has been updated for a version that this one does not know. It was left exactly as it is.',
      advice: 'Install the newest version of Loci and open the library with it.',
    },
    update_failed: {
      title: 'Your library could not be updated',
      meaning:
        'This version of Loci keeps it in a new form, and the change failed. It is exactly as it was before.',
      advice: 'Go on with the version of Loci you used last. The log says what happened.',
    },
  },
  noRoomForCopy: {
    title: 'There is no room for a safety copy',
    meaning:
      'This version of Loci has to update your library, and does not do so without a copy of it. Nothing was changed.',
    advice: (megabytes: number) =>
      `Free ${count(megabytes)} MB on the disk with your library, then try again.`,
  },
  copyFailed: {
    title: 'The safety copy failed',
    meaning:
      'This version of Loci has to update your library, and does not do so without a copy of it. Nothing was changed.',
    advice: 'Try again. If it stays like this, have the disk checked; the log says what happened.',
  },
  ordinaryUser: 'Start Loci as an ordinary user of this computer.',
  temporaryFolder: 'Make sure that the folder for temporary files exists and that you may write there.',
  moved: {
    title: 'Your library is not there',
    unreadable: (folder: string) => `Where it was moved to stands in ${folder}, which cannot be read.`,
    gone: (folder: string) =>
      `It was moved to ${folder}, and there is no library in that folder now. Perhaps it is on a disk that is not connected.`,
    advice: 'Connect the disk, or bring the folder back, and try again.',
  },
};
