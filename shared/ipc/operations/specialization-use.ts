import { z } from 'zod';
import { id } from '../../schemas/id.ts';
import {
  coverage,
  foundMemoriesToLink,
  linkedFound,
  memorySuggestions,
  memorySuggestionsRequest,
  recommendationRequest,
  recommendations,
  specializationSearchRequest,
  specializationSearchResult,
} from '../../schemas/specialization-search.ts';
import { recipe, recipeToSave, trainingPreview, trainingRequest } from '../../schemas/specialization-use.ts';
import { command, query } from '../define.ts';

/** Finding specializations and working with them: a part of what can be asked of `specializations`. */
export const specializationUseOperations = {
  search: query(specializationSearchRequest, specializationSearchResult),
  /** Links all hits of a search for memories. */
  linkFound: command(foundMemoriesToLink, linkedFound),
  /** Memories that might belong to it, and why. */
  suggestMemories: query(memorySuggestionsRequest, memorySuggestions),
  /** What no specialization is about. */
  coverage: query(z.undefined(), coverage),
  /** The specialization that is best for a text or a memory. */
  recommend: query(recommendationRequest, recommendations),
  /** How to use its adapter; none, where it has none. */
  recipes: query(z.strictObject({ id }), z.array(recipe)),
  /** Asks where to by a dialog. */
  saveRecipe: command(recipeToSave, z.object({ saved: z.boolean() })),
  /** What an export would hold. */
  trainingPreview: query(trainingRequest, trainingPreview),
  /** Asks where to by a dialog; null when no place was chosen. */
  exportTraining: command(trainingRequest, z.object({ jobId: id }).nullable()),
} as const;
