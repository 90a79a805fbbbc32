import { amounts } from './amounts.ts';

export const sidebar = {
  sessions: 'Sessions',
  currentSession: 'Current session',
  allSessions: 'All sessions',
  startSession: 'Start a session',
  tags: 'Tags',
  allTags: 'All tags',
  savedSearches: 'Saved searches',
  lookAlikes: 'Look-alikes',
  specializations: 'Specializations',
  back: 'Back',
  forward: 'Forward',
  status: 'Status',
  activity: 'Activity',
  settings: 'Settings',
  news: {
    off: 'Search by meaning is off',
    failed: (count: number) => `Could not read ${amounts.memories(count)}`,
    paused: (count: number) => `Reading is paused: ${amounts.memories(count)} waiting`,
    reading: (count: number) => `Reading ${amounts.memories(count)}`,
  },
  saved: {
    renameTitle: 'Rename the saved search',
    name: 'Name',
    renameDeed: 'Rename',
    rename: 'Rename…',
    delete: 'Delete saved search',
    deleted: (name: string) => `Deleted the saved search “${name}”`,
  },
};
