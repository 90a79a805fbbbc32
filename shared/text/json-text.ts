import { z } from 'zod';

/**
 * A long list as one text. Object by object the bridge between main and page copies thousands of rows in ten times the
 * time, in which the page stands still.
 */
export type JsonText<T> = string & { readonly ofJson?: T };

export const jsonText = <T>() => z.custom<JsonText<T>>((value) => typeof value === 'string');

export const toJsonText = <T>(value: T): JsonText<T> => JSON.stringify(value);

export function fromJsonText<T>(text: JsonText<T>): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Written by `toJsonText`, which has its type.
  return JSON.parse(text) as T;
}
