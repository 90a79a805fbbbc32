import { z } from 'zod';
import {
  explainRequest,
  explanation,
  reasonsRequest,
  related,
  relatedReason,
  relatedReasonsRequest,
  relatedRequest,
  searchReasons,
  searchRequest,
  searchResult,
} from '../../schemas/search.ts';
import { query } from '../define.ts';

export const searchOperations = {
  query: query(searchRequest, searchResult),
  /** What in these hits matches: asked for those that are on the screen. */
  reasons: query(reasonsRequest, z.array(searchReasons)),
  /** Why this memory is where it is, or not there at all. */
  explain: query(explainRequest, explanation),
  /** What else is about the same as a memory; its duplicates are left out. */
  related: query(relatedRequest, related),
  /** By which sentences one can tell: asked for those that are on the screen. */
  relatedReasons: query(relatedReasonsRequest, z.array(relatedReason)),
} as const;
