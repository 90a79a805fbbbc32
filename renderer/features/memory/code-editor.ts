/** The editor itself, with all that it is made of: read only when somebody begins to write. */
import { defaultKeymap, history, historyField, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { closeSearchPanel, search, searchKeymap } from '@codemirror/search';
import { EditorSelection, EditorState, Transaction, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Texts } from '../../../shared/texts/index.ts';

export interface CodeEditorOptions {
  /** Where it stands. Its styles need a root of their own: the page allows no stylesheet that a script writes. */
  readonly host: HTMLElement;
  readonly text: string;
  /** Where in the text to begin; the end by default. */
  readonly at?: number | undefined;
  readonly label: string;
  readonly texts: Texts;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
}

export interface CodeEditor {
  /** What came from elsewhere: only the part that differs is replaced, so the cursor stays. */
  setText(text: string): void;
  focus(): void;
  /** Removes it; what is returned takes it up where it was, with its undo. */
  close(): unknown;
}

const theme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink-1)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    overflow: 'visible',
    fontFamily: 'inherit',
    fontSize: 'inherit',
    lineHeight: 'inherit',
  },
  '.cm-content': {
    padding: '0 0 var(--text-editor-after, 40vh)',
    caretColor: 'var(--accent)',
    overflowWrap: 'anywhere',
  },
  '.cm-line': { padding: '0', unicodeBidi: 'plaintext' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--match)',
  },
  '.cm-panels': {
    backgroundColor: 'var(--surface-1)',
    color: 'var(--ink-1)',
    border: '1px solid var(--line)',
    borderRadius: 'var(--radius)',
    position: 'sticky',
    top: '0',
    zIndex: '1',
    marginBottom: '12px',
    fontFamily: 'var(--font-interface)',
  },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 28px 8px 8px', fontSize: '13px' },
  '.cm-textfield': {
    backgroundColor: 'var(--surface-0)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    padding: '4px 8px',
    color: 'inherit',
    fontSize: '13px',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface-0)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    padding: '4px 8px',
    color: 'inherit',
    fontSize: '13px',
  },
  '.cm-panel.cm-search [name=close]': { color: 'var(--ink-2)', padding: '0 8px', fontSize: '18px' },
  '.cm-searchMatch': { backgroundColor: 'var(--match)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--accent)' },
});

const highlight = HighlightStyle.define([
  { tag: tags.heading, fontWeight: 'var(--weight-strong)' },
  { tag: tags.strong, fontWeight: 'var(--weight-strong)' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.monospace, fontFamily: 'var(--font-code)', fontSize: '0.875em', fontVariantLigatures: 'none' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
  { tag: tags.quote, color: 'var(--ink-2)' },
  {
    tag: [tags.processingInstruction, tags.labelName, tags.contentSeparator, tags.meta],
    color: 'var(--ink-3)',
  },
]);

/** A text this long is not copied on every key, but a few times a second. */
const largeFrom = 100_000;
const largeEmitMs = 150;

const fields = { history: historyField };

export function openCodeEditor(options: CodeEditorOptions, remembered?: unknown): CodeEditor {
  const root = options.host.shadowRoot ?? options.host.attachShadow({ mode: 'open', delegatesFocus: true });
  let isOwn = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const emit = () => {
    clearTimeout(waiting);
    waiting = undefined;
    options.onChange(view.state.doc.toString());
  };
  const leave = (): true => {
    if (waiting !== undefined) emit();
    options.onLeave();
    return true;
  };
  const extensions: Extension = [
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    EditorState.allowMultipleSelections.of(true),
    search({ top: true }),
    ...(isPlain(options.text)
      ? []
      : [
          EditorView.perLineTextDirection.of(true),
          markdown({ base: markdownLanguage, completeHTMLTags: false, addKeymap: true }),
          syntaxHighlighting(highlight),
        ]),
    theme,
    placeholder(options.texts.memory.placeholder),
    EditorState.phrases.of(phrasesOf(options.texts)),
    EditorView.contentAttributes.of({ 'aria-label': options.label, dir: 'auto', spellcheck: 'false' }),
    keymap.of([
      // In the search panel Escape closes that first.
      { key: 'Escape', run: (view) => closeSearchPanel(view) || leave() },
      { key: 'Escape', run: closeSearchPanel, scope: 'search-panel' },
      { key: 'Mod-Enter', run: leave },
      ...searchKeymap.filter(({ key }) => key !== 'Escape'),
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || !isOwn) return;
      if (update.state.doc.length < largeFrom) emit();
      else waiting ??= setTimeout(emit, largeEmitMs);
    }),
  ];
  const state =
    restore(remembered, options.text, extensions) ?? EditorState.create({ doc: options.text, extensions });
  const view = new EditorView({ state, root, parent: root });
  const at = options.at ?? (remembered === undefined ? state.doc.length : undefined);
  if (at !== undefined) {
    const place = Math.min(at, state.doc.length);
    view.dispatch({
      selection: EditorSelection.cursor(place),
      effects: EditorView.scrollIntoView(place, { y: options.at === undefined ? 'nearest' : 'center' }),
    });
  }
  view.focus();

  return {
    setText(text) {
      const before = view.state.doc.toString();
      const change = differenceOf(before, text);
      if (!change) return;
      isOwn = false;
      view.dispatch({ changes: change, annotations: Transaction.addToHistory.of(false) });
      isOwn = true;
    },
    focus: () => view.focus(),
    close() {
      if (waiting !== undefined) emit();
      const kept: unknown = view.state.toJSON(fields);
      view.destroy();
      return { text: view.state.doc.toString(), kept };
    },
  };
}

/** What the editor says of its own, by the words it knows it by. */
const phrasesOf = (texts: Texts): Record<string, string> => ({
  Find: texts.memory.find.find,
  Replace: texts.memory.find.replace,
  next: texts.memory.find.next,
  previous: texts.memory.find.previous,
  all: texts.memory.find.all,
  'match case': texts.memory.find.matchCase,
  regexp: texts.memory.find.regexp,
  'by word': texts.memory.find.byWord,
  replace: texts.memory.find.replaceOne,
  'replace all': texts.memory.find.replaceAll,
  close: texts.memory.find.close,
  'current match': texts.memory.find.current,
  'on line': texts.memory.find.onLine,
  'replaced match on line $': texts.memory.find.replacedOn,
  'replaced $ matches': texts.memory.find.replaced,
  'Go to line': texts.memory.find.goToLine,
  go: texts.memory.find.go,
  'Selection deleted': texts.memory.find.deleted,
  'Control character': texts.memory.find.control,
});

/** What is this long is not colourful: reading its marks would be felt on every key. */
function isPlain(text: string): boolean {
  return text.length > 300_000 || /[^\n]{20000}/.test(text);
}

/** With its undo, if the text is still the one that was left. */
function restore(remembered: unknown, text: string, extensions: Extension): EditorState | undefined {
  if (typeof remembered !== 'object' || remembered === null) return undefined;
  if (!('text' in remembered) || !('kept' in remembered) || remembered.text !== text) return undefined;
  try {
    return EditorState.fromJSON(remembered.kept, { extensions }, fields);
  } catch {
    return undefined;
  }
}

/** The one stretch in which two texts differ. */
function differenceOf(
  before: string,
  after: string,
): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
