import { createElement, Fragment, type ReactNode } from 'react';

/** A sentence that holds elements, as the catalogue puts it together. */
export const parts = (sentence: readonly ReactNode[]): ReactNode =>
  createElement(Fragment, null, ...sentence);
