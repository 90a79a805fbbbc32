import { z } from 'zod';

/** Any offset may come in; the wire and the library speak UTC, to the millisecond, of years with four digits. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .refine((text) => /^\d{4}-/.test(text) && text >= '0001', 'Only dates of the years 1 to 9999 can be kept.');
