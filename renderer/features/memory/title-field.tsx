import { useTexts } from '../../text/use-texts.ts';
import './title-field.css';

interface TitleFieldProps {
  readonly title: string | null;
  /** What stands for it where there is none. */
  readonly placeholder: string;
  readonly isWriting: boolean;
  readonly onChange: (title: string) => void;
  /** Going on to the text. */
  readonly onWrite: () => void;
  readonly onLeave: () => void;
}

/** What a memory is called. Nothing jumps between reading and writing it. */
export function TitleField({ title, placeholder, isWriting, onChange, onWrite, onLeave }: TitleFieldProps) {
  const texts = useTexts();

  if (!isWriting) {
    return (
      <h2 className={title === null ? 'only-read-out' : 'title-field'} dir="auto">
        {title ?? (placeholder === '' ? texts.memory.label : placeholder)}
      </h2>
    );
  }
  return (
    <textarea
      className="title-field title-field--writing"
      rows={1}
      dir="auto"
      aria-label={texts.memory.title}
      placeholder={placeholder === '' ? texts.memory.title : placeholder}
      maxLength={500}
      spellCheck={false}
      value={title ?? ''}
      onChange={(event) => onChange(event.target.value.replaceAll(/\s*\n\s*/g, ' '))}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
          event.preventDefault();
          event.stopPropagation();
          if (event.ctrlKey || event.metaKey) onLeave();
          else onWrite();
        }
      }}
    />
  );
}
