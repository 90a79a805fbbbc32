import { useState } from 'react';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { daysIn, daysInWords, daysRefused } from './days.ts';
import { SettingRow } from './setting-row.tsx';

interface Draft {
  readonly isForEver: boolean;
  readonly days: string;
}

/** How long what was moved to the trash can still be restored. */
export function TrashKeeping() {
  const { 'trash.keepDays': kept } = useSettings();
  const [draft, setDraft] = useState<Draft>();
  const { isForEver, days } = draft ?? { isForEver: kept === null, days: String(kept ?? 30) };
  const wanted = isForEver ? null : daysIn(days);
  const isShorter = typeof wanted === 'number' && (kept === null || wanted < kept);

  return (
    <SettingRow
      legend="Trash"
      isChanged={wanted !== kept}
      refusal={wanted === undefined ? daysRefused : undefined}
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
            <label htmlFor={`${hintId}-days`}>Keep for</label>
            <input
              className="setting__days"
              aria-label="Days in the trash"
              aria-describedby={hintId}
              aria-invalid={wanted === undefined || undefined}
              inputMode="numeric"
              autoComplete="off"
              maxLength={5}
              value={days}
              onChange={(event) => setDraft({ isForEver: false, days: event.target.value })}
            />
            days
          </span>
          <label className="setting__option">
            <input
              type="radio"
              name="keep"
              checked={isForEver}
              onChange={() => setDraft({ isForEver: true, days })}
            />
            Keep for ever
          </label>
        </>
      )}
    </SettingRow>
  );
}

function hintFor(wanted: number | null, isShorter: boolean): string {
  if (wanted === null) return 'What is in the trash stays there until you empty it.';
  const time = daysInWords(wanted);
  return isShorter
    ? `Once saved, what has been in the trash for more than ${time} is gone for good within the hour.`
    : `After ${time} in the trash something is gone for good, with its history.`;
}
