import { z } from 'zod';

/**
 * The key of a row, in the one spelling that the database answers with: keys are compared as texts,
 * and what the audit hashes contains them.
 */
export const id = z.uuid().toLowerCase();
