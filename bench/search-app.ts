import path from 'node:path';
import { z } from 'zod';
import { searchOperations } from '../shared/ipc/operations/search.ts';
import { searchResult, type SearchRequest, type SearchResult } from '../shared/schemas/search.ts';
import type { LibraryServer } from '../main/app/library-database.ts';
import { composeServices, type Services } from '../main/app/services.ts';
import type { Embedder } from '../main/embedding/embedder.ts';
import { switchableEmbedder } from '../main/embedding/switchable-embedder.ts';
import { toLociError } from '../main/errors/database-error.ts';
import { createRouter, type Router } from '../main/ipc/router.ts';
import { silentLog } from '../main/logging/log.ts';
import { shippedModelDir } from '../scripts/places.mjs';
import { openLibrary } from './library/open-library.ts';
import type { MadeSearchLibrary } from './search-library.ts';

/** A library with all that the app would do with it, and the one way in. */
export interface SearchApp {
  readonly memories: number;
  readonly made: MadeSearchLibrary;
  readonly server: LibraryServer;
  readonly router: Router;
  readonly services: Services;
  close(): Promise<void>;
}

export interface SearchAppOptions {
  readonly made: MadeSearchLibrary;
  readonly memories: number;
  readonly embedder: Embedder;
  readonly signal: AbortSignal;
}

export async function openSearchApp({
  made,
  memories,
  embedder,
  signal,
}: SearchAppOptions): Promise<SearchApp> {
  const server = await openLibrary({ libraryDir: made.libraryDir, signal });
  try {
    const services = await composeServices(
      server.database,
      {
        embedder: switchableEmbedder(embedder),
        modelDir: shippedModelDir,
        modelsDir: path.join(made.libraryDir, '../models'),
        startModel: () => {
          throw new Error('Only one model is measured.');
        },
        chooseFolder: async () => undefined,
        chooseAdapter: async () => undefined,
        chooseSavePlace: async () => undefined,
        showFolder: async () => undefined,
        dropped: () => undefined,
        draftsDir: path.join(made.libraryDir, '../drafts'),
        adaptersDir: path.join(made.libraryDir, '../adapters'),
        baseModelsDir: path.join(made.libraryDir, '../base-models'),
      },
      silentLog,
      {
        onSettings: () => undefined,
        onSwitch: () => undefined,
        onJob: () => undefined,
        onDuplicates: () => undefined,
        onEmbeddings: () => undefined,
        onChanges: () => undefined,
      },
    );
    const router = createRouter({
      contract: { search: searchOperations },
      handlers: { search: services.handlers.search },
      inContext: services.inContext,
      explain: toLociError,
      log: silentLog,
    });
    return {
      memories,
      made,
      server,
      router,
      services,
      async close() {
        await services.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** @returns undefined if a later search of the same asker took its place */
export async function ask({ router }: SearchApp, request: SearchRequest): Promise<SearchResult | undefined> {
  const answer = await router.call('search.query', request);
  if (answer.ok) return isResult.parse(answer.value);
  if (answer.error.code === 'cancelled') return undefined;
  throw new Error(`${request.text}: ${answer.error.message}`);
}

/** It has just been made by the app itself: looking through each hit would be measured as well. */
const isResult = z.custom<SearchResult>((value) => timed.safeParse(value).success);
const timed = z.object({ ms: searchResult.shape.ms });
