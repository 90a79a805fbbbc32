/**
 * What a translation has to have: the same keys, and functions of the same arguments. Functions that answer with parts
 * of a sentence, for elements to stand between, stay as they are.
 */
export type TextsOf<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : T[K] extends (...args: never[]) => unknown
        ? T[K]
        : TextsOf<T[K]>;
};
