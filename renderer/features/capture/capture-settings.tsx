import { useEffect, useState } from 'react';
import type { CaptureShortcut } from '../../../shared/schemas/capture.ts';
import type { SettingsChange } from '../../../shared/schemas/settings.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { Button } from '../../components/button.tsx';
import './capture-settings.css';
import { acceleratorOf, saidShortcut } from './shortcut-words.ts';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

/** The way to a new memory from any program. */
export function CaptureSettings() {
  const texts = useTexts();
  const { 'capture.shortcut': wanted, 'capture.fromClipboard': fromClipboard } = useSettings();
  const [shortcut, setShortcut] = useState<CaptureShortcut>();
  const [isListening, setListening] = useState(false);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let isGone = false;
    loci.capture.shortcut().then(
      (now) => isGone || setShortcut(now),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);

  async function change(changes: SettingsChange): Promise<void> {
    try {
      await changeSettings(changes);
      setShortcut(await loci.capture.shortcut());
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  return (
    <fieldset className="capture-settings">
      <legend className="capture-settings__legend">{texts.settings.capture.legend}</legend>
      <div className="capture-settings__controls">
        <div className="capture-settings__row">
          <button
            type="button"
            className="capture-settings__keys"
            data-listening={isListening || undefined}
            aria-label={
              wanted === null
                ? texts.settings.capture.noShortcutNow
                : texts.settings.capture.shortcut(saidShortcut(wanted))
            }
            onClick={() => setListening(true)}
            onBlur={() => setListening(false)}
            onKeyDown={(event) => {
              if (!isListening) return;
              if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
              event.preventDefault();
              event.stopPropagation();
              if (event.key === 'Escape') return setListening(false);
              const accelerator = acceleratorOf(event.nativeEvent);
              if (accelerator === undefined) return undefined;
              setListening(false);
              void change({ 'capture.shortcut': accelerator });
            }}
          >
            {isListening
              ? texts.settings.capture.press
              : wanted === null
                ? texts.settings.capture.none
                : saidShortcut(wanted)}
          </button>
          {wanted !== null && (
            <Button tone="quiet" onClick={() => void change({ 'capture.shortcut': null })}>
              {texts.settings.capture.turnOff}
            </Button>
          )}
          <Button tone="quiet" onClick={() => void loci.capture.open().catch(() => undefined)}>
            {texts.settings.capture.openNow}
          </Button>
        </div>
        <p
          className={isAmiss(shortcut) ? 'capture-settings__amiss' : 'capture-settings__hint'}
          aria-live="polite"
        >
          {failure ?? hintOf(shortcut)}
        </p>
        <label className="capture-settings__option">
          <input
            type="checkbox"
            checked={fromClipboard}
            onChange={(event) => void change({ 'capture.fromClipboard': event.target.checked })}
          />
          {texts.settings.capture.fromClipboard}
        </label>
      </div>
    </fieldset>
  );
}

const isAmiss = (shortcut: CaptureShortcut | undefined): boolean =>
  shortcut?.state === 'taken' || shortcut?.state === 'unknown';

function hintOf(shortcut: CaptureShortcut | undefined): string {
  const texts = textsNow();
  switch (shortcut?.state) {
    case 'taken':
      return texts.settings.capture.taken;
    case 'unknown':
      return texts.settings.capture.unknown;
    case 'off':
      return texts.settings.capture.off;
    case 'working':
    case undefined:
      return texts.settings.capture.working;
  }
}
