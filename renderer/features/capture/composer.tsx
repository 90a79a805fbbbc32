import { Link2, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import type { Tag } from '../../../shared/schemas/tag.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { useSettings } from '../../api/settings.ts';
import { Button } from '../../components/button.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { ImportanceField } from '../memory/importance-field.tsx';
import { SameNotice } from '../memory/same-notice.tsx';
import { TagField } from '../memory/tag-field.tsx';
import './composer.css';
import { isBlank, type NewMemoryWriting } from './new-memory.ts';
import { joined } from './brought-text.ts';
import { saveKeys } from './shortcut-words.ts';

interface ComposerProps {
  readonly writing: NewMemoryWriting;
  readonly known: readonly Pick<Tag, 'name' | 'colour'>[];
  /** What a link wants to add: added only by the person. */
  readonly fromLink?: string | null;
  readonly onLinkAnswered?: () => void;
  readonly onSaved: (id: string, duplicateOf: readonly string[]) => void;
  /** Away from here; what was written stays. */
  readonly onClose: () => void;
  readonly onOpen?: (id: string) => void;
}

/** Where a new memory is written: one place to type, and everything else out of the way. */
export function Composer(props: ComposerProps) {
  const texts = useTexts();
  const { writing, known, fromLink = null, onLinkAnswered, onSaved, onClose, onOpen } = props;
  const { title, content, tags, importance } = useSyncExternalStore(writing.subscribe, writing.current);
  const trouble = useSyncExternalStore(writing.subscribe, writing.trouble);
  const { 'reading.font': font } = useSettings();
  const [failure, setFailure] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const isEmpty = isBlank({ title, content, tags, importance, source: 'note' });

  useEffect(() => {
    const element = text.current;
    if (!element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, []);

  async function save(): Promise<void> {
    if (isSaving) return;
    setSaving(true);
    setFailure(undefined);
    try {
      const { id, duplicateOf } = await writing.save();
      onSaved(id, duplicateOf);
    } catch (error) {
      setFailure(reasonOf(error));
    }
    setSaving(false);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      void writing.keep();
      onClose();
    }
  }

  const said = failure ?? trouble;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Keys of the fields inside.
    <form
      className="composer"
      data-font={font}
      noValidate
      aria-label={texts.capture.title}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {fromLink !== null && (
        <section className="composer__link" role="alert" aria-label={texts.capture.link.label}>
          <p className="composer__link-title">
            <Link2 size={14} strokeWidth={1.75} aria-hidden="true" /> {texts.capture.link.title}
          </p>
          <p className="composer__link-text" dir="auto">
            {fromLink}
          </p>
          <div className="composer__link-answers">
            <Button
              onClick={() => {
                writing.change({ content: joined(content, fromLink) });
                onLinkAnswered?.();
                text.current?.focus();
              }}
            >
              {texts.capture.link.add}
            </Button>
            <Button
              tone="quiet"
              onClick={() => {
                onLinkAnswered?.();
                text.current?.focus();
              }}
            >
              {texts.capture.link.leaveOut}
            </Button>
          </div>
        </section>
      )}
      <input
        className="composer__title"
        aria-label={texts.capture.titleLabel}
        placeholder={texts.capture.titlePlaceholder}
        dir="auto"
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        value={title}
        onChange={(event) => writing.change({ title: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing)
            return;
          event.preventDefault();
          text.current?.focus();
        }}
      />
      <textarea
        className="composer__text"
        ref={text}
        aria-label={texts.capture.text}
        placeholder={texts.capture.textPlaceholder}
        dir="auto"
        spellCheck={false}
        value={content}
        onChange={(event) => writing.change({ content: event.target.value })}
      />
      <div className="composer__facts">
        <TagField
          tags={tags.map((name) => known.find((tag) => tag.name === name) ?? { name, colour: null })}
          known={known}
          onChange={(names) => writing.change({ tags: names })}
        />
        <ImportanceField value={importance} onChange={(changed) => writing.change({ importance: changed })} />
      </div>
      <div className="composer__deeds">
        {/* In a place that is empty otherwise: nothing moves when it comes and goes. */}
        <div className="composer__said">
          {said === undefined ? (
            <SameNotice
              content={content}
              title={title === '' ? null : title}
              {...(onOpen === undefined ? {} : { onOpen })}
            />
          ) : (
            <p role="alert">{said}</p>
          )}
        </div>
        {!isEmpty && (
          <Button
            tone="quiet"
            icon={X}
            onClick={() => {
              writing.discard();
              text.current?.focus();
            }}
          >
            {texts.capture.clear}
          </Button>
        )}
        <Button type="submit" tone="primary" aria-disabled={isEmpty || isSaving || undefined}>
          {texts.capture.keep} <kbd className="composer__keys">{saveKeys()}</kbd>
        </Button>
      </div>
    </form>
  );
}
