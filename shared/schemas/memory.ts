/** How a memory came into the library. */
export const memorySources = ['note', 'snippet', 'file', 'conversation', 'web'] as const;
export type MemorySource = (typeof memorySources)[number];

/** Why an earlier state of a memory gave way to a later one. */
export const versionCauses = ['edit', 'bulk', 'restore', 'undo', 'merge', 'tag', 'import'] as const;
export type VersionCause = (typeof versionCauses)[number];
