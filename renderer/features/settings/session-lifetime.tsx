import { useState } from 'react';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { daysIn, daysRefused } from './days.ts';
import { SettingRow } from './setting-row.tsx';

/** When a session that nobody ends is over. */
export function SessionLifetime() {
  const { 'sessions.lifetimeDays': lifetime } = useSettings();
  const [draft, setDraft] = useState<string>();
  const days = draft ?? String(lifetime);
  const wanted = daysIn(days);

  return (
    <SettingRow
      legend="Sessions"
      isChanged={wanted !== lifetime}
      refusal={wanted === undefined ? daysRefused : undefined}
      hint="A session that nobody ends is then ended by Loci; its memories stay. Sessions that have begun keep the day they were given."
      save={async () => {
        if (wanted === undefined) return;
        await changeSettings({ 'sessions.lifetimeDays': wanted });
        setDraft(undefined);
      }}
    >
      {(hintId) => (
        <label className="setting__option">
          End after
          <input
            className="setting__days"
            aria-describedby={hintId}
            aria-invalid={wanted === undefined || undefined}
            inputMode="numeric"
            autoComplete="off"
            maxLength={5}
            value={days}
            onChange={(event) => setDraft(event.target.value)}
          />
          days
        </label>
      )}
    </SettingRow>
  );
}
