export const undo = {
  /** Of what was said when it was done: "2 memories were moved to the trash." */
  undone: (words: string) => `Undone: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
  undoneExcept: (things: string) => `Undone, except for ${things} that changed since`,
};
