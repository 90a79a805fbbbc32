import { Dialog } from '@base-ui/react/dialog';
import { FileText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { mostFileBytes } from '../../../shared/schemas/capture.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { listen, loci } from '../../api/loci.ts';
import { useOverview } from '../../api/overview.ts';
import { tell } from '../../components/toasts.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { goOnMerging } from '../duplicates/begun-merges.ts';
import { keepForOpening } from '../memory/open-memories.ts';
import { areAdapters, bringDropped } from '../specializations/bring-adapters.ts';
import {
  asUnread,
  joined,
  readFiles,
  titleOfFile,
  type BroughtFile,
  type UnreadFile,
} from './brought-text.ts';
import './capture-layer.css';
import { Composer } from './composer.tsx';
import { closeComposer, openComposer, useComposing } from './composing.ts';
import { KeepFilesDialog } from './keep-files-dialog.tsx';
import { isBlank, NewMemoryWriting } from './new-memory.ts';
import { saidShortcut } from './shortcut-words.ts';

interface CaptureLayerProps {
  /** Shows a memory that was just kept. */
  readonly onOpen: (id: string) => void;
}

/** All the ways in which something new comes into the library from within the window. */
export function CaptureLayer({ onOpen }: CaptureLayerProps) {
  const texts = useTexts();
  const isComposing = useComposing();
  const [writing] = useState(() => new NewMemoryWriting());
  const [files, setFiles] = useState<readonly BroughtFile[]>();
  const [isOver, setOver] = useState(false);
  const hasKept = useRef(false);
  const overview = useOverview();
  const known = useMemo(
    () => (overview?.tags ?? []).toSorted((a, b) => b.memories - a.memories),
    [overview?.tags],
  );
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });

  useEffect(() => void takeUpDrafts((id) => open.current(id)), []);
  useEffect(() => void sayIfTaken(), []);

  useEffect(() => {
    if (!isComposing) return;
    hasKept.current = false;
    void writing.load();
  }, [isComposing, writing]);

  useEffect(() => {
    async function bring(added: string): Promise<void> {
      if (added.trim() === '') return;
      // To lay out so much of it would take longer than to say that it cannot be kept.
      if (new Blob([added]).size > mostFileBytes) {
        tell({ words: textsNow().capture.tooLarge, tone: 'danger' });
        return;
      }
      if (added.length > longestWritten) return setFiles([{ name: '', text: added }]);
      await writing.load();
      writing.change({ content: joined(writing.current().content, added) });
      openComposer();
    }

    async function bringFiles(dropped: readonly UnreadFile[]): Promise<void> {
      const { files: read, refusals } = await readFiles(dropped);
      const [refusal] = refusals;
      if (refusal !== undefined) {
        const more = refusals.length - 1;
        const words = more === 0 ? refusal : textsNow().capture.files.moreLeftOut(refusal, more);
        tell({ words, tone: 'danger' });
      }
      const [only] = read;
      if (!only) return;
      await writing.load();
      if (read.length > 1 || only.text.length > longestWritten || !isBlank(writing.current()))
        return setFiles(read);
      writing.change({ title: titleOfFile(only.name), content: only.text, source: 'file' });
      openComposer();
    }

    async function takeFiles(): Promise<void> {
      const handed = await loci.capture.takeFiles();
      if (handed.length > 0) await bringFiles(handed.map(asUnread));
    }

    function onPaste(event: ClipboardEvent): void {
      if (event.defaultPrevented || isInField(event) || document.querySelector('.dialog, .composer-window'))
        return;
      const pasted = [...(event.clipboardData?.files ?? [])];
      event.preventDefault();
      if (pasted.length > 0) void bringFiles(pasted);
      else void bring(event.clipboardData?.getData('text/plain') ?? '');
    }

    function onDragOver(event: DragEvent): void {
      const { dataTransfer: brought } = event;
      if (!brought || !isForUs(brought) || (isInField(event) && !brought.types.includes('Files'))) return;
      event.preventDefault();
      brought.dropEffect = 'copy';
      setOver(true);
    }

    function onDrop(event: DragEvent): void {
      setOver(false);
      const { dataTransfer: brought } = event;
      if (!brought || !isForUs(brought) || (isInField(event) && brought.files.length === 0)) return;
      event.preventDefault();
      if (areAdapters(brought)) void window.loci.drop([...brought.files]).then(bringDropped);
      else if (brought.files.length > 0) void bringFiles([...brought.files]);
      else void bring(brought.getData('text/plain'));
    }

    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };

    const listeners = [
      ['paste', onPaste],
      ['dragover', onDragOver],
      ['drop', onDrop],
      ['dragleave', onDragLeave],
    ] as const;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each name stands beside its own listener.
    for (const [name, listener] of listeners) window.addEventListener(name, listener as EventListener);
    const stopListening = listen('capture:files', () => void takeFiles());
    void takeFiles();
    return () => {
      stopListening();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- As above.
      for (const [name, listener] of listeners) window.removeEventListener(name, listener as EventListener);
    };
  }, [writing]);

  function close(): void {
    void writing.keep();
    closeComposer();
  }

  return (
    <>
      <Dialog.Root open={isComposing} onOpenChange={(isOpen) => isOpen || close()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="composer-veil" />
          <Dialog.Popup
            className="composer-window"
            initialFocus={false}
            finalFocus={() => (hasKept.current && listInView()) || true}
          >
            <Dialog.Title className="composer-window__title">{texts.capture.title}</Dialog.Title>
            <Composer
              writing={writing}
              known={known}
              onClose={close}
              onSaved={(id) => {
                hasKept.current = true;
                closeComposer();
                onOpen(id);
              }}
              onOpen={(id) => {
                close();
                onOpen(id);
              }}
            />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
      {files && <KeepFilesDialog files={files} onClose={() => setFiles(undefined)} onKept={onOpen} />}
      {isOver && (
        <div className="drop-hint" aria-hidden="true">
          <FileText size={24} strokeWidth={1.5} />
          {texts.capture.dropHint}
        </div>
      )}
    </>
  );
}

/** A longer text is kept as it is and changed where it is read: to lay out all of it to write in takes long. */
const longestWritten = 100_000;

/** Where what was just kept is seen: in the search field the next keys would be a search. */
const listInView = (): HTMLElement | null => document.querySelector('.list-pane .memory-list');

/** From within the page, something that is dragged has another purpose. */
const isForUs = ({ types }: DataTransfer): boolean =>
  types.includes('Files') || (types.includes('text/plain') && !types.some((type) => type.includes('loci')));

function isInField(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, [contenteditable]') !== null)
  );
}

/** What was being changed when the app was killed: saved where nobody changed it since, kept for the person where somebody did. */
async function takeUpDrafts(open: (id: string) => void): Promise<void> {
  const drafts = await loci.drafts.list().catch(() => []);
  for (const { draft } of drafts) {
    if (draft.of === 'new') {
      tell({
        words: (texts) => texts.capture.drafts.begun,
        action: { label: (texts) => texts.capture.drafts.goOnWriting, run: openComposer },
        forMs: 15_000,
      });
      continue;
    }
    if (draft.of === 'merge') {
      if (await areThere(draft.pair))
        tell({
          words: (texts) => texts.capture.drafts.merging,
          action: { label: (texts) => texts.capture.drafts.goOnMerging, run: () => goOnMerging(draft.pair) },
          forMs: 15_000,
        });
      continue;
    }
    const { change } = draft;
    try {
      await loci.memories.update(change);
      await loci.drafts.discard({ of: 'change', id: change.id });
      tell({
        words: (texts) => texts.capture.drafts.saved,
        action: { label: (texts) => texts.capture.drafts.show, run: () => open(change.id) },
      });
    } catch (error) {
      keepForOpening(change);
      tell({
        words: (texts) => texts.capture.drafts.notSaved(reasonOf(error)),
        action: { label: (texts) => texts.capture.drafts.show, run: () => open(change.id) },
        forMs: null,
      });
    }
  }
}

/** Of two of which one is in the trash nothing is asked until it is back. */
async function areThere(ids: [string, string]): Promise<boolean> {
  const found = await loci.memories.read({ ids }).catch(() => []);
  return found.filter(({ deletedAt }) => deletedAt === null).length === ids.length;
}

const saidKey = 'loci.capture.taken';

/** Once for each shortcut: whoever knows it need not hear it at each start. */
async function sayIfTaken(): Promise<void> {
  const shortcut = await loci.capture.shortcut().catch(() => undefined);
  if (!shortcut?.accelerator || (shortcut.state !== 'taken' && shortcut.state !== 'unknown')) return;
  if (localStorage.getItem(saidKey) === shortcut.accelerator) return;
  localStorage.setItem(saidKey, shortcut.accelerator);
  const { accelerator } = shortcut;
  tell({
    words: (texts) => texts.capture.taken(saidShortcut(accelerator)),
  });
}
