import { useState } from 'react';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { daysIn, daysRefused } from './days.ts';
import { SettingRow } from './setting-row.tsx';
import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';

interface Draft {
  readonly isForEver: boolean;
  readonly days: string;
}

/** How long what was moved to the trash can still be restored. */
export function TrashKeeping() {
  const texts = useTexts();
  const { 'trash.keepDays': kept } = useSettings();
  const [draft, setDraft] = useState<Draft>();
  const { isForEver, days } = draft ?? { isForEver: kept === null, days: String(kept ?? 30) };
  const wanted = isForEver ? null : daysIn(days);
  const isShorter = typeof wanted === 'number' && (kept === null || wanted < kept);

  return (
    <SettingRow
      legend={texts.settings.keeping.trash}
      isChanged={wanted !== kept}
      refusal={wanted === undefined ? daysRefused() : undefined}
      hint={hintFor(wanted ?? null, isShorter)}
      save={async () => {
        await changeSettings({ 'trash.keepDays': wanted ?? null });
        setDraft(undefined);
      }}
    >
      {(hintId) => (
        <>
          <span className="setting__option">
            <input
              type="radio"
              name="keep"
              id={`${hintId}-days`}
              checked={!isForEver}
              onChange={() => setDraft({ isForEver: false, days })}
            />
            <label htmlFor={`${hintId}-days`}>{texts.settings.keeping.keepFor}</label>
            <input
              className="setting__days"
              aria-label={texts.settings.keeping.daysInTrash}
              aria-describedby={hintId}
              aria-invalid={wanted === undefined || undefined}
              inputMode="numeric"
              autoComplete="off"
              maxLength={5}
              value={days}
              onChange={(event) => setDraft({ isForEver: false, days: event.target.value })}
            />
            {texts.settings.keeping.days}
          </span>
          <label className="setting__option">
            <input
              type="radio"
              name="keep"
              checked={isForEver}
              onChange={() => setDraft({ isForEver: true, days })}
            />
            {texts.settings.keeping.keepForEver}
          </label>
        </>
      )}
    </SettingRow>
  );
}

function hintFor(wanted: number | null, isShorter: boolean): string {
  const texts = textsNow();
  if (wanted === null) return texts.settings.keeping.forEverHint;
  return isShorter ? texts.settings.keeping.shorterHint(wanted) : texts.settings.keeping.hint(wanted);
}
