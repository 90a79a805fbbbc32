import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { MemoryDto, MergedText } from '../../../shared/schemas/memory.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import type { Pair } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import { saveKeys } from '../capture/shortcut-words.ts';
import { TextEditor } from '../memory/text-editor.tsx';
import { begunMerge, findBegunMerge, forgetMerge, writeMerge } from './begun-merges.ts';
import { mergeByHand } from './pair-deeds.ts';
import { keyOfPair } from './pairs.ts';
import './merge-editor.css';

interface MergeEditorProps {
  readonly left: MemoryDto;
  readonly right: MemoryDto;
  /** Above each other there is no left and right. */
  readonly isNarrow: boolean;
  readonly onMerged: () => void;
  readonly onLeave: () => void;
}

/** Where one text is made of two. */
export function MergeEditor({ left, right, isNarrow, onMerged, onLeave }: MergeEditorProps) {
  const texts = useTexts();
  const pair: Pair = [left.id, right.id];
  const [merging, setMerging] = useState<MergedText>(
    () =>
      begunMerge(pair) ?? {
        title: left.title ?? right.title,
        content: left.content === '' ? right.content : left.content,
      },
  );
  const latest = useRef(merging);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();

  const show = useCallback((text: MergedText) => {
    latest.current = text;
    setMerging(text);
  }, []);

  function change(part: Partial<MergedText>): void {
    show({ ...latest.current, ...part });
    writeMerge(pair, latest.current);
  }

  // What was begun before the app was closed is on the disk only.
  useEffect(() => {
    if (begunMerge([left.id, right.id])) return;
    void findBegunMerge([left.id, right.id]).then((found) => found && show(found));
  }, [left.id, right.id, show]);

  async function merge(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await mergeByHand(left, right, latest.current);
      await forgetMerge(pair);
      onMerged();
    } catch (error) {
      setFailure(reasonOf(error));
      setBusy(false);
    }
  }

  // The editor is left by Escape and by this; first it tells what was typed last.
  const isKeeping = useRef(false);
  function onKeyDown(event: KeyboardEvent): void {
    isKeeping.current = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!isKeeping.current || event.nativeEvent.isComposing || isInEditor(event.target)) return;
    event.preventDefault();
    void merge();
  }

  const both = [left.content, right.content].filter((text) => text !== '').join('\n\n');
  return (
    <section className="merge-editor" aria-label={texts.duplicates.editor.label} onKeyDownCapture={onKeyDown}>
      <div className="merge-editor__from">
        <span id="merge-editor-from">{texts.duplicates.editor.from}</span>
        <div className="merge-editor__choices" role="group" aria-labelledby="merge-editor-from">
          {[
            {
              label: isNarrow ? texts.duplicates.editor.upper : texts.duplicates.editor.left,
              content: left.content,
            },
            {
              label: isNarrow ? texts.duplicates.editor.lower : texts.duplicates.editor.right,
              content: right.content,
            },
            { label: texts.duplicates.editor.both, content: both },
          ].map(({ label, content }) => (
            <Button
              key={label}
              tone="quiet"
              aria-pressed={merging.content === content}
              onClick={() => change({ content })}
            >
              {label}
            </Button>
          ))}
        </div>
      </div>
      <input
        className="merge-editor__title"
        aria-label={texts.duplicates.editor.title}
        placeholder={texts.duplicates.editor.titlePlaceholder}
        dir="auto"
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        value={merging.title ?? ''}
        onChange={(event) => change({ title: event.target.value === '' ? null : event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onLeave();
        }}
      />
      <div className="merge-editor__text">
        <TextEditor
          id={`merge ${keyOfPair(pair)}`}
          text={merging.content}
          at={0}
          onChange={(content) => change({ content })}
          onLeave={() => (isKeeping.current ? void merge() : onLeave())}
        />
      </div>
      {failure !== undefined && (
        <p className="merge-editor__failure" role="alert">
          {failure}
        </p>
      )}
      <div className="merge-editor__deeds">
        <Button tone="primary" aria-disabled={isBusy || undefined} onClick={() => void merge()}>
          {texts.duplicates.editor.merge} <kbd>{saveKeys()}</kbd>
        </Button>
        <Button onClick={onLeave}>
          {texts.duplicates.editor.back} <kbd>Esc</kbd>
        </Button>
      </div>
    </section>
  );
}

const isInEditor = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.shadowRoot !== null;
