import { amounts } from './amounts.ts';

export const people = {
  title: 'People',
  /** What the first person is called, until they say otherwise. */
  me: 'Me',
  intro:
    'Everyone here has a library of their own: memories, tags, sessions and settings. What one adds, the others do not see until they switch.',
  unreadable: 'Who has a library here could not be read',
  notSwitched: 'Loci could not switch',
  onlyOne: 'The only person cannot be removed: a library belongs to somebody. Add another person first.',
  inUse: 'in use now',
  noMemories: 'No memories yet',
  since: (day: string) => `Since ${day}`,
  switch: 'Switch',
  switchTo: (name: string) => `Switch to ${name}`,
  rename: 'Rename',
  renameOne: (name: string) => `Rename ${name} or change their e-mail address`,
  remove: 'Remove…',
  removeOne: (name: string) => `Remove ${name}`,
  add: {
    open: 'Add a person',
    openFromMenu: 'Add a person…',
    text: 'Each person has a library of their own on this computer: memories, tags, sessions and settings. Whoever opens Loci here can switch to it; there is no password between you.',
    deed: 'Add person',
    done: (name: string) => `${name} was added.`,
  },
  form: {
    name: 'Name',
    nameMissing: 'Every person needs a name.',
    email: 'E-mail address',
    optional: 'optional',
  },
  removal: {
    title: (name: string) => `Remove “${name}”?`,
    ofNothing: (name: string) =>
      `The library of “${name}” holds no memories. Its sessions, tags, settings and trash go for good.`,
    ofMemories: <T>(name: string, memories: T): readonly (string | T)[] => [
      `The library of “${name}” goes too, for good: `,
      memories,
      ' with their history, and all its sessions, tags, settings and trash.',
    ],
    forGood: 'This cannot be undone.',
    forGoodOfCurrent: 'This cannot be undone. Loci then goes on with whoever was here before.',
    confirm: (name: string) => `To confirm, type the name: ${name}`,
    deed: (name: string, memories: number) =>
      memories === 0
        ? `Remove ${name} for good`
        : `Remove ${name} and ${amounts.memories(memories)} for good`,
    keep: (name: string) => `Keep ${name}`,
    done: (name: string) => `${name} was removed.`,
  },
  switcher: {
    label: (name: string) => `Library of ${name}. Switch person`,
    labelOfNobody: 'Switch person',
    manage: 'Manage people',
    stay: (name: string) => `Stay with ${name}`,
  },
};
