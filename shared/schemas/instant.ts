import { z } from 'zod';
import { textsNow } from '../texts/index.ts';

/** Any offset may come in; the wire and the library speak UTC, to the millisecond, of years with four digits. */
export const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .refine((text) => /^\d{4}-/.test(text) && text >= '0001', {
    error: () => textsNow().failures.years,
  });
