import { z } from 'zod';
import { captureOpening, captureShortcut, handedFile } from '../../schemas/capture.ts';
import { command, query } from '../define.ts';

const nothing = z.undefined();

export const captureOperations = {
  /** What the window for a new memory was last opened with. */
  opening: query(nothing, captureOpening),
  shortcut: query(nothing, captureShortcut),
  /** Opens the window over other programs. */
  open: command(nothing, nothing),
  /** Puts it away; what was written in it stays as a draft. */
  hide: command(nothing, nothing),
  /** Hands over what the system brought since the last time, once. */
  takeFiles: command(nothing, z.array(handedFile)),
} as const;
