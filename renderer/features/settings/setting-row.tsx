import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { useTexts } from '../../text/use-texts.ts';
import './setting-row.css';

interface SettingRowProps {
  readonly legend: string;
  readonly hint: string;
  /** Whether there is something to save. */
  readonly isChanged: boolean;
  /** Why it cannot be saved as it is. */
  readonly refusal?: string | undefined;
  readonly save: () => Promise<void>;
  /** The controls; `hintId` is what describes them. */
  readonly children: (hintId: string) => ReactNode;
}

/** A setting that is not in force while it is being typed: its button saves it, and so does Enter. */
export function SettingRow({ legend, hint, isChanged, refusal, save, children }: SettingRowProps) {
  const texts = useTexts();
  const [failure, setFailure] = useState<string>();
  const hintId = useId();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!isChanged || refusal !== undefined) return;
    setFailure(undefined);
    try {
      await save();
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  const wrong = refusal ?? failure;
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <fieldset className="setting">
        <legend className="setting__legend">{legend}</legend>
        <div className="setting__controls">
          <div className="setting__options">{children(hintId)}</div>
          {isChanged && (
            <Button type="submit" aria-disabled={refusal !== undefined}>
              {texts.settings.save}
            </Button>
          )}
        </div>
        <p
          className={wrong === undefined ? 'setting__hint' : 'setting__failure'}
          id={hintId}
          aria-live="polite"
        >
          {wrong ?? hint}
        </p>
      </fieldset>
    </form>
  );
}
