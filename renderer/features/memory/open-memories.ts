import { useEffect, useState, useSyncExternalStore } from 'react';
import type { MemoryChange, MemoryDto } from '../../../shared/schemas/memory.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { MemoryEditing, type EditingPort, type EditingView } from './memory-editing.ts';
import { noteUnsaved } from './unsaved.ts';

/** By id; those that are open, and those that were left with something unsaved. */
const open = new Map<string, MemoryEditing>();
/** Drafts of an earlier run that could not be saved by themselves, for whoever opens their memory. */
const waitingDrafts = new Map<string, MemoryChange>();

export const keepForOpening = (change: MemoryChange): unknown => waitingDrafts.set(change.id, change);

export type OpenMemory =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly reason: string; readonly retry: () => void }
  | { readonly state: 'missing' }
  | { readonly state: 'open'; readonly editing: MemoryEditing };

function portOf(): EditingPort {
  const source = {};
  return {
    update: (change) => loci.memories.update(change),
    create: (memory) => loci.memories.create(memory),
    keepDraft: (draft) => loci.drafts.keep(draft),
    discardDraft: (name) => loci.drafts.discard(name),
    noteUnsaved: (save) => noteUnsaved(source, save),
  };
}

function editingOf(memory: MemoryDto): MemoryEditing {
  const known = open.get(memory.id);
  if (known) {
    known.refreshed(memory);
    return known;
  }
  const editing = new MemoryEditing(memory, portOf());
  open.set(memory.id, editing);
  const draft = waitingDrafts.get(memory.id);
  waitingDrafts.delete(memory.id);
  if (draft) editing.restoreDraft(draft);
  return editing;
}

/** Reads a memory and follows what becomes of it, by whomever. */
export function useMemory(id: string): OpenMemory {
  const [shown, setShown] = useState<{ readonly id: string; readonly found: OpenMemory }>();

  useEffect(() => {
    let isGone = false;
    const show = (found: OpenMemory) => {
      if (!isGone) setShown({ id, found });
    };

    async function read(): Promise<void> {
      try {
        const [memory] = await loci.memories.read({ ids: [id] });
        if (isGone) return;
        show(memory ? { state: 'open', editing: editingOf(memory) } : { state: 'missing' });
      } catch (error) {
        // What is on the screen stays there; only a pane that has nothing says why.
        if (!open.has(id)) {
          show({ state: 'failed', reason: reasonOf(error), retry: () => void read() });
        }
      }
    }

    void read();
    const stop = listen('library:changed', ({ changes }) => {
      const concerns = changes.some(
        ({ entity, ids }) =>
          (entity === 'memory' && (ids === null || ids.includes(id))) ||
          entity === 'tag' ||
          entity === 'session' ||
          entity === 'document',
      );
      if (concerns) void read();
    });
    return () => {
      isGone = true;
      stop();
      const editing = open.get(id);
      editing?.endWriting();
      if (editing?.isSaved) open.delete(id);
    };
  }, [id]);

  return shown?.id === id ? shown.found : { state: 'loading' };
}

export const useEditing = (editing: MemoryEditing): EditingView =>
  useSyncExternalStore(editing.subscribe, editing.view);
