import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useOverview } from '../../api/overview.ts';
import { useSettings } from '../../api/settings.ts';
import { useDeeds } from '../../commands/deeds.ts';
import { useTexts } from '../../text/use-texts.ts';
import { SpecializationsOfMemory } from '../specializations/specializations-of-memory.tsx';
import { ConflictView } from './conflict-view.tsx';
import { HistoryView } from './history-view.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { MemoryBar } from './memory-bar.tsx';
import type { MemoryEditing } from './memory-editing.ts';
import { MemoryFacts, MemoryFoot } from './memory-facts.tsx';
import { MemoryNotices } from './memory-notices.tsx';
import { copyText, moveToTrash } from './memory-deeds.ts';
import { useEditing } from './open-memories.ts';
import { onPaneCommand, type PaneCommand } from './pane-commands.ts';
import { placeInView } from './place-in-view.ts';
import { RelatedMemories } from './related-memories.tsx';
import { TextEditor } from './text-editor.tsx';
import { TitleField } from './title-field.tsx';
import { firstLineOf } from './title-of.ts';

interface OpenMemoryPaneProps {
  readonly editing: MemoryEditing;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

export type PaneMode = 'reading' | 'writing' | 'history';

/** Of the memory itself, not of what is known about it. */
const isInText = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('.memory-facts') === null;

const preloadEditor = () => void import('./code-editor.ts').catch(() => undefined);

export function OpenMemoryPane({ editing, onClose, onOpen }: OpenMemoryPaneProps) {
  const texts = useTexts();
  const { memory, saved, save } = useEditing(editing);
  const { 'reading.font': font } = useSettings();
  const overview = useOverview();
  const [mode, setMode] = useState<PaneMode>('reading');
  const [at, setAt] = useState<number>();
  const pane = useRef<HTMLElement>(null);
  const tagInput = useRef<HTMLInputElement>(null);
  const isFixed = saved.deletedAt !== null;
  const known = useMemo(
    () => (overview?.tags ?? []).toSorted((a, b) => b.memories - a.memories),
    [overview?.tags],
  );

  function write(from?: number): void {
    if (isFixed) return;
    setAt(from ?? placeInView(pane.current));
    setMode('writing');
  }

  function read(): void {
    editing.endWriting();
    // What has the focus goes; no key that is pressed meanwhile may be lost.
    pane.current?.focus({ preventScroll: true });
    setMode('reading');
  }

  function showHistory(): void {
    if (mode === 'history') return read();
    editing.endWriting();
    setMode('history');
  }

  const latest = useRef<(command: PaneCommand) => void>(() => undefined);
  useEffect(() => {
    latest.current = (command) => {
      if (command === 'edit') write();
      else if (command === 'history') setMode('history');
      else tagInput.current?.focus();
    };
  });
  useEffect(() => onPaneCommand(saved.id, (command) => latest.current(command)), [saved.id]);
  // Read ahead of need, once the memory is on the screen.
  useEffect(() => {
    const idle = requestIdleCallback(preloadEditor);
    return () => cancelIdleCallback(idle);
  }, []);

  useDeeds('memory', {
    'memory.copy': () => void copyText(memory),
    'memory.history': showHistory,
    ...(isFixed
      ? {}
      : {
          'memory.edit': () => write(),
          'memory.tag': () => tagInput.current?.focus(),
          'memory.pin': () => editing.change({ pinned: !memory.pinned }),
          'memory.trash': () => void moveToTrash(editing, onClose),
        }),
  });

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.defaultPrevented) return;
    const { target } = event;
    const isTyping =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.shadowRoot !== null || /^(INPUT|TEXTAREA)$/.test(target.tagName));
    if (event.key === 'Escape' && pane.current?.contains(target instanceof Node ? target : null)) {
      event.preventDefault();
      event.stopPropagation();
      if (mode === 'writing' && isInText(target)) read();
      else if (isTyping) pane.current.focus();
      else if (mode !== 'reading') read();
      else onClose();
      return;
    }
    if (event.key !== 'Enter' || isTyping) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const isOnControl =
      target instanceof Element &&
      target !== pane.current &&
      target.closest('button, a, [role]:not(section)') !== null;
    if (isOnControl) return;
    event.preventDefault();
    event.stopPropagation();
    write();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Keys of what is inside, as in a list.
    <section
      className="memory"
      data-command-place="memory"
      data-font={font}
      data-mode={mode}
      aria-label={texts.memory.label}
      tabIndex={-1}
      ref={pane}
      onKeyDown={onKeyDown}
    >
      <MemoryBar
        memory={memory}
        save={save}
        mode={mode}
        onOpen={onOpen}
        isFixed={isFixed}
        onClose={onClose}
        onWrite={() => write()}
        onRead={read}
        onHistory={showHistory}
        onPin={() => editing.change({ pinned: !memory.pinned })}
        onTrash={() => void moveToTrash(editing, onClose)}
      />
      <div className="memory__scroll">
        <div className="memory__page">
          <TitleField
            title={memory.title}
            placeholder={firstLineOf(memory.content)}
            isWriting={mode === 'writing'}
            onChange={(title) => editing.change({ title: title === '' ? null : title })}
            onWrite={() => write(0)}
            onLeave={read}
          />
          <MemoryFacts
            memory={memory}
            isFixed={isFixed}
            known={known}
            tagInput={tagInput}
            onChange={(changes) => editing.change(changes)}
          />
          <MemoryNotices editing={editing} saved={saved} save={save} onOpen={onOpen} />
          {save.state === 'conflict' ? (
            <ConflictView editing={editing} mine={memory} theirs={save.theirs} onOpen={onOpen} />
          ) : (
            <div className="memory__body">
              {mode === 'writing' && (
                <TextEditor
                  id={memory.id}
                  text={memory.content}
                  at={at}
                  onChange={(content) => editing.change({ content })}
                  onLeave={read}
                />
              )}
              {mode === 'reading' &&
                (memory.content === '' ? (
                  <p className="memory__empty">{texts.memory.noText}</p>
                ) : (
                  <MarkdownText text={memory.content} {...(isFixed ? {} : { onPoint: write })} />
                ))}
              {mode === 'history' && (
                <HistoryView
                  memory={saved}
                  isFixed={isFixed}
                  onRestored={(restored) => editing.refreshed(restored)}
                />
              )}
            </div>
          )}
          {mode === 'reading' && (
            <>
              <RelatedMemories id={saved.id} version={saved.version} onOpen={onOpen} />
              <SpecializationsOfMemory id={saved.id} version={saved.version} isFixed={isFixed} />
              <MemoryFoot memory={memory} />
            </>
          )}
        </div>
      </div>
    </section>
  );
}
