import { Facts } from '../../components/facts.tsx';
import { useTexts } from '../../text/use-texts.ts';
import './setting-row.css';

/** What is where, and who can read it: no switches, because there is nothing to switch off. */
export function PrivacySettings() {
  const texts = useTexts();
  return (
    <div className="privacy">
      <Facts
        facts={[
          { name: texts.settings.privacy.memories, value: texts.settings.privacy.memoriesText },
          { name: texts.settings.privacy.network, value: texts.settings.privacy.networkText },
          { name: texts.settings.privacy.meaning, value: texts.settings.privacy.meaningText },
          { name: texts.settings.privacy.encryption, value: texts.settings.privacy.encryptionText },
          { name: texts.settings.privacy.people, value: texts.settings.privacy.peopleText },
          { name: texts.settings.privacy.changes, value: texts.settings.privacy.changesText },
          { name: texts.settings.privacy.logs, value: texts.settings.privacy.logsText },
        ]}
      />
    </div>
  );
}
