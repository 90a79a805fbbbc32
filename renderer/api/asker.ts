const ownName = crypto.randomUUID();

/** Whose search it is: a later one of the same window takes its place, one of another window does not. */
export const askerOf = (name: string): string => `${name} ${ownName}`;
