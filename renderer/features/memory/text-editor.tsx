import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../text/use-texts.ts';
import type { CodeEditor } from './code-editor.ts';
import './text-editor.css';

interface TextEditorProps {
  readonly id: string;
  readonly text: string;
  readonly at: number | undefined;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}

/** Of each memory that was written in, the undo; as long as the window is open. */
const left = new Map<string, unknown>();
const mostLeft = 20;
/** More than a screen; laying out two megabytes for a moment would be felt. */
const atFirst = 10_000;

/** Where a memory is written. Until the editor has been read, which is once, the text stands there as it is. */
export function TextEditor({ id, text, at, onChange, onLeave }: TextEditorProps) {
  const texts = useTexts();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>(undefined);
  const latest = useRef({ text, texts, onChange, onLeave });
  const emitted = useRef(text);
  const [isReady, setReady] = useState(false);
  const [failed, setFailed] = useState(false);
  const begin = useRef(at);

  useEffect(() => {
    latest.current = { text, texts, onChange, onLeave };
  });

  useEffect(() => {
    let isGone = false;
    import('./code-editor.ts').then(
      ({ openCodeEditor }) => {
        if (isGone || !host.current) return;
        emitted.current = latest.current.text;
        editor.current = openCodeEditor(
          {
            host: host.current,
            text: latest.current.text,
            at: begin.current,
            label: latest.current.texts.memory.text,
            texts: latest.current.texts,
            onChange: (changed) => {
              emitted.current = changed;
              latest.current.onChange(changed);
            },
            onLeave: () => latest.current.onLeave(),
          },
          begin.current === undefined ? left.get(id) : undefined,
        );
        setReady(true);
      },
      () => setFailed(true),
    );
    return () => {
      isGone = true;
      if (!editor.current) return;
      left.delete(id);
      left.set(id, editor.current.close());
      for (const oldest of left.keys()) if (left.size > mostLeft) left.delete(oldest);
      editor.current = undefined;
    };
  }, [id]);

  useEffect(() => {
    if (text === emitted.current) return;
    emitted.current = text;
    editor.current?.setText(text);
  }, [text]);

  if (failed) return <p role="alert">{texts.memory.editorFailed}</p>;
  return (
    <div className="text-editor">
      {!isReady && (
        <div className="text-editor__loading" dir="auto">
          {text.slice(0, atFirst)}
        </div>
      )}
      {/* What is typed here is no shortcut of the app; those with Ctrl or ⌘ are looked at there, but for undo. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- The editor inside has the role. */}
      <div
        ref={host}
        onKeyDown={(event) => {
          const isOfTheApp =
            /^F\d/.test(event.key) || ((event.ctrlKey || event.metaKey) && !/^[zyf]$/i.test(event.key));
          if (!isOfTheApp) event.stopPropagation();
        }}
      />
    </div>
  );
}
