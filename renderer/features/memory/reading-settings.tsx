import { CaseSensitive, Type, X } from 'lucide-react';
import { useState } from 'react';
import type { Texts } from '../../../shared/texts/index.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { Choice } from '../../components/choice.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { useTexts } from '../../text/use-texts.ts';
import './reading-settings.css';

const fonts = (texts: Texts) =>
  [
    { value: 'interface', label: texts.memory.reading.plain, icon: CaseSensitive },
    { value: 'serif', label: texts.memory.reading.book, icon: Type },
  ] as const;

/** How memories are read, and where their links may lead without asking. */
export function ReadingSettings() {
  const texts = useTexts();
  const { 'reading.font': font, 'links.openHosts': hosts } = useSettings();
  const [failure, setFailure] = useState<string>();

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    try {
      await deed();
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  return (
    <div className="reading-settings">
      <Choice
        legend={texts.memory.reading.letters}
        options={fonts(texts)}
        chosen={font}
        onChoose={(value) => void attempt(() => changeSettings({ 'reading.font': value }))}
      />
      <div className="reading-settings__row">
        <p className="reading-settings__legend">{texts.memory.reading.links}</p>
        {hosts.length === 0 ? (
          <p className="reading-settings__hint">{texts.memory.reading.linksText}</p>
        ) : (
          <ul className="reading-settings__hosts">
            {hosts.map((host) => (
              <li key={host}>
                <bdi>{host === 'mailto:' ? texts.memory.reading.mail : host}</bdi>
                <IconButton
                  label={texts.memory.reading.askAgain(host)}
                  icon={X}
                  onClick={() => void attempt(() => loci.app.forgetLinkHost({ host }))}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
    </div>
  );
}
