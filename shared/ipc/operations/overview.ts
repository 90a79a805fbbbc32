import { z } from 'zod';
import { overview } from '../../schemas/overview.ts';
import { query } from '../define.ts';

export const overviewOperations = {
  read: query(z.undefined(), overview),
} as const;
