import { amounts } from './amounts.ts';

export const sessions = {
  title: 'Sessions',
  intro: 'A session is a stretch of work. While one goes on, what you capture belongs to it.',
  unreadable: 'The sessions could not be read',
  earlier: 'Show earlier sessions',
  current: 'Current',
  continue: 'Continue',
  end: 'End',
  actionsFor: (title: string) => `Actions for ${title}`,
  began: (count: number, when: string) => `${amounts.memories(count)} · began ${when}`,
  ended: (count: number, when: string) => `${amounts.memories(count)} · ended ${when}`,
  /** What it is called when nobody said. */
  ofDay: (day: string) => `Session of ${day}`,
  menu: {
    rename: 'Rename…',
    end: 'End session',
    continue: 'Continue session',
    delete: 'Delete session',
  },
  start: {
    title: 'Start a session',
    label: 'What it is about',
    placeholder: 'Named after today, if left empty',
    deed: 'Start session',
  },
  rename: {
    title: 'Rename the session',
    deed: 'Rename',
  },
  said: {
    ended: (title: string) => `Ended the session “${title}”`,
    continueIt: 'Continue it',
    goesOn: (title: string) => `The session “${title}” goes on`,
    deleted: (title: string) => `Deleted the session “${title}”; its memories stay`,
  },
  picker: {
    title: (count: number) => `Move ${amounts.memories(count)} to a session`,
    label: 'Session',
    placeholder: 'Find or start a session',
    none: 'No session is called that.',
    hereNow: 'Here now',
    noSession: 'No session',
    newSession: 'New session…',
    start: (title: string) => `Start “${title}”`,
  },
};
