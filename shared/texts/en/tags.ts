import { amounts } from './amounts.ts';

export const tags = {
  title: 'Tags',
  find: 'Find a tag',
  byName: 'By name',
  byCount: 'By number of memories',
  newTag: 'New tag',
  none: 'There are no tags yet. Choose memories in a list and press T to put them under one.',
  noneSo: 'No tag is called like that.',
  actionsFor: (name: string) => `Actions for ${name}`,
  menu: {
    rename: 'Rename…',
    colour: 'Colour',
    noColour: 'No colour',
    merge: 'Merge into…',
    delete: 'Delete tag',
    deleted: (name: string) => `Deleted the tag “${name}”; its memories stay`,
  },
  colours: {
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    purple: 'Purple',
    pink: 'Pink',
  },
  name: {
    label: 'Name',
    renameTitle: 'Rename the tag',
    rename: 'Rename',
    make: 'Make tag',
  },
  merge: {
    title: (name: string) => `Merge “${name}” into another tag`,
    noOther: 'There is no other tag to merge it into.',
    into: 'Into',
    meaning: (count: number, name: string, into: string) =>
      `${amounts.memories(count)} get the tag “${into}” instead, and “${name}” goes.`,
    deed: 'Merge tags',
    done: (name: string, into: string) => `Merged “${name}” into “${into}”`,
  },
  picker: {
    title: (count: number) => `Tag ${amounts.memories(count)}`,
    label: 'Tag',
    placeholder: 'Find or make a tag',
    none: 'There are no tags yet: type the name of the first.',
    takeAway: 'Take away',
    make: (name: string) => `Make “${name}”`,
  },
};
