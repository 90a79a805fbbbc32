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

const parts = Object.entries(settingsParts).map(([part, title]) => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The keys of that very object.
  part: part as SettingsPart,
  title,
}));

/** What a person can have otherwise. Each person has their own. */
export function SettingsPage() {
  useWantedPart();
  return (
    <Page title="Settings">
      <div className="settings">
        <nav className="settings__ways" aria-label="Settings">
          <ul>
            {parts.map(({ part, title }) => (
              <li key={part}>
                <button type="button" className="settings__way" onClick={() => goToSettings(part)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings__parts">
          <Damaged />
          <Part
            part="appearance"
            keys={['appearance.theme', 'appearance.textSize', 'reading.font']}
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
  const isOther = areOther(settings, keys);
  return (
    <Section title={settingsParts[part]} id={partId(part)}>
      {children}
      {isOther && (
        <div className="settings__reset">
          <Button
            tone="quiet"
            icon={RotateCcw}
            aria-label={`Reset ${settingsParts[part]}`}
            onClick={() => {
              onReset?.();
              void attempt(() => resetSettings(keys));
            }}
          >
            Reset
          </Button>
        </div>
      )}
    </Section>
  );
}

/** What could not be read of what had been chosen. */
function Damaged() {
  const damaged = useDamagedSettings();
  if (damaged.length === 0) return null;
  return (
    <Notice
      tone="quiet"
      title={
        damaged.length === 1 ? 'A setting could not be read' : `${damaged.length} settings could not be read`
      }
    >
      <p>
        What was stored of {damaged.length === 1 ? 'it' : 'them'} is damaged, so{' '}
        {damaged.length === 1 ? 'it is' : 'they are'} as Loci comes: {damaged.join(', ')}. Choose anew what
        you want; your memories are not affected.
      </p>
      <div>
        <Button onClick={() => void attempt(() => resetSettings(damaged))}>All right</Button>
      </div>
    </Notice>
  );
}
