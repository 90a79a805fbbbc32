import { Page, Section } from '../../components/page.tsx';
import { CaptureSettings } from '../capture/capture-settings.tsx';
import { ReadingSettings } from '../memory/reading-settings.tsx';
import { Appearance } from './appearance.tsx';
import { MeaningSettings } from './meaning-settings.tsx';
import { SessionLifetime } from './session-lifetime.tsx';
import './settings-page.css';
import { TrashKeeping } from './trash-keeping.tsx';

/** What a person can have otherwise. Each person has their own. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="settings">
        <Section title="Appearance">
          <Appearance />
        </Section>
        <Section title="Reading">
          <ReadingSettings />
        </Section>
        <Section title="Capture">
          <CaptureSettings />
        </Section>
        <Section title="Search by meaning">
          <MeaningSettings />
        </Section>
        <Section title="How long things are kept">
          <TrashKeeping />
          <SessionLifetime />
        </Section>
      </div>
    </Page>
  );
}
