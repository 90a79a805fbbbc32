import { useState } from 'react';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { daysIn, daysRefused } from './days.ts';
import { SettingRow } from './setting-row.tsx';
import { useTexts } from '../../text/use-texts.ts';

/** When a session that nobody ends is over. */
export function SessionLifetime() {
  const texts = useTexts();
  const { 'sessions.lifetimeDays': lifetime } = useSettings();
  const [draft, setDraft] = useState<string>();
  const days = draft ?? String(lifetime);
  const wanted = daysIn(days);

  return (
    <SettingRow
      legend={texts.settings.keeping.sessions}
      isChanged={wanted !== lifetime}
      refusal={wanted === undefined ? daysRefused() : undefined}
      hint={texts.settings.keeping.sessionsHint}
      save={async () => {
        if (wanted === undefined) return;
        await changeSettings({ 'sessions.lifetimeDays': wanted });
        setDraft(undefined);
      }}
    >
      {(hintId) => (
        <label className="setting__option">
          {texts.settings.keeping.endAfter}
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
          {texts.settings.keeping.days}
        </label>
      )}
    </SettingRow>
  );
}
