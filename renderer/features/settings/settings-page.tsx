import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDamagedSettings } from '../../api/damaged-settings.ts';
import { areOther, resetSettings, useSettings } from '../../api/settings.ts';
import type { SettingsChange } from '../../../shared/schemas/settings.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page, Section } from '../../components/page.tsx';
import { CaptureSettings } from '../capture/capture-settings.tsx';
import { density } from '../browse/list-settings.ts';
import { ReadingSettings } from '../memory/reading-settings.tsx';
import { attempt } from '../undo/undo.ts';
import { About } from './about.tsx';
import { UpdateSettings } from '../updates/update-settings.tsx';
import { Appearance } from './appearance.tsx';
import { BackgroundSettings } from './background-settings.tsx';
import { LibrarySettings } from './library-settings.tsx';
import { MeaningSettings } from './meaning-settings.tsx';
import { PrivacySettings } from './privacy-settings.tsx';
import { SearchSettings } from './search-settings.tsx';
import { SessionLifetime } from './session-lifetime.tsx';
import './settings-page.css';
import { goToSettings, partId, settingsParts, useWantedPart, type SettingsPart } from './settings-parts.ts';
import { ShortcutSettings } from './shortcut-settings.tsx';
import { TrashKeeping } from './trash-keeping.tsx';
import { useTexts } from '../../text/use-texts.ts';

/** What a person can have otherwise. Each person has their own. */
export function SettingsPage() {
  const texts = useTexts();
  useWantedPart();
  return (
    <Page title={texts.settings.title}>
      <div className="settings">
        <nav className="settings__ways" aria-label={texts.settings.title}>
          <ul>
            {settingsParts.map((part) => (
              <li key={part}>
                <button type="button" className="settings__way" onClick={() => goToSettings(part)}>
                  {texts.settings.parts[part]}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings__parts">
          <Damaged />
          <Part
            part="appearance"
            keys={['appearance.theme', 'appearance.textSize', 'appearance.language', 'reading.font']}
            onReset={() => density.choose('comfortable')}
          >
            <Appearance />
            <ReadingSettings />
          </Part>
          <Part part="capture" keys={['capture.shortcut', 'capture.fromClipboard']}>
            <CaptureSettings />
          </Part>
          <Part
            part="search"
            keys={['search.leaning', 'search.importance', 'search.recency', 'search.strictness']}
          >
            <SearchSettings />
          </Part>
          <Part part="meaning">
            <MeaningSettings />
          </Part>
          <Part part="keeping" keys={['trash.keepDays', 'sessions.lifetimeDays']}>
            <TrashKeeping />
            <SessionLifetime />
          </Part>
          <Part part="library">
            <LibrarySettings />
          </Part>
          <Part part="background" keys={['jobs.notify', 'app.inBackground']}>
            <BackgroundSettings />
          </Part>
          <Part part="shortcuts">
            <ShortcutSettings />
          </Part>
          <Part part="updates" keys={['updates.look']}>
            <UpdateSettings />
          </Part>
          <Part part="privacy">
            <PrivacySettings />
          </Part>
          <Part part="about">
            <About />
          </Part>
        </div>
      </div>
    </Page>
  );
}

interface PartProps {
  readonly part: SettingsPart;
  /** What can be reset here. */
  readonly keys?: readonly (keyof SettingsChange)[];
  readonly onReset?: () => void;
  readonly children: ReactNode;
}

function Part({ part, keys = [], onReset, children }: PartProps) {
  const settings = useSettings();
  const texts = useTexts();
  const isOther = areOther(settings, keys);
  return (
    <Section title={texts.settings.parts[part]} id={partId(part)}>
      {children}
      {isOther && (
        <div className="settings__reset">
          <Button
            tone="quiet"
            icon={RotateCcw}
            aria-label={texts.settings.resetPart(texts.settings.parts[part])}
            onClick={() => {
              onReset?.();
              void attempt(() => resetSettings(keys));
            }}
          >
            {texts.actions.reset}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** What could not be read of what had been chosen. */
function Damaged() {
  const texts = useTexts();
  const damaged = useDamagedSettings();
  if (damaged.length === 0) return null;
  return (
    <Notice tone="quiet" title={texts.settings.damaged.title(damaged.length)}>
      <p>{texts.settings.damaged.text(damaged.length, damaged.join(', '))}</p>
      <div>
        <Button onClick={() => void attempt(() => resetSettings(damaged))}>{texts.actions.allRight}</Button>
      </div>
    </Notice>
  );
}
