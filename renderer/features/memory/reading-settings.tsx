import { CaseSensitive, Type, X } from 'lucide-react';
import { useState } from 'react';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { Choice } from '../../components/choice.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import './reading-settings.css';

const fonts = [
  { value: 'interface', label: 'Plain (Inter)', icon: CaseSensitive },
  { value: 'serif', label: 'Book (Source Serif)', icon: Type },
] as const;

/** How memories are read, and where their links may lead without asking. */
export function ReadingSettings() {
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
        legend="Letters"
        options={fonts}
        chosen={font}
        onChoose={(value) => void attempt(() => changeSettings({ 'reading.font': value }))}
      />
      <div className="reading-settings__row">
        <p className="reading-settings__legend">Links</p>
        {hosts.length === 0 ? (
          <p className="reading-settings__hint">
            Loci asks before it opens a link of a memory in your browser, once for each host. Those that open
            without asking are listed here.
          </p>
        ) : (
          <ul className="reading-settings__hosts">
            {hosts.map((host) => (
              <li key={host}>
                <bdi>{host === 'mailto:' ? 'E-mail addresses' : host}</bdi>
                <IconButton
                  label={`Ask again for ${host}`}
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
