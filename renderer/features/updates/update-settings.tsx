import { useState } from 'react';
import type { UpdateState } from '../../../shared/schemas/update-state.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { useUpdateState } from '../../api/update-state.ts';
import { Button } from '../../components/button.tsx';
import './update-settings.css';

/** Newer versions: off until somebody wants it, because it is the one thing that uses the network. */
export function UpdateSettings() {
  const { 'updates.look': isLooking } = useSettings();
  const update = useUpdateState();
  const [failure, setFailure] = useState<string>();

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    try {
      await deed();
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  if (update.state === 'impossible')
    return (
      <p className="update-settings__hint">
        This copy of Loci does not look for newer versions. They come the way it was installed.
      </p>
    );
  return (
    <div className="update-settings">
      <label className="update-settings__option">
        <input
          type="checkbox"
          checked={isLooking}
          onChange={(event) => {
            const { checked } = event.target;
            void attempt(() => changeSettings({ 'updates.look': checked }));
          }}
        />
        Look for newer versions once a day
      </label>
      <p className="update-settings__hint">
        Off, Loci never uses the network. On, it asks one address for the newest version and tells nothing
        about you or what you wrote. Nothing is installed unasked.
      </p>
      <div className="update-settings__row">
        {update.state === 'ready' ? (
          <Button tone="primary" onClick={() => void attempt(() => loci.app.installUpdate())}>
            Install {update.version} and restart
          </Button>
        ) : (
          <Button
            aria-disabled={isBusy(update)}
            onClick={() => {
              if (!isBusy(update)) void attempt(() => loci.app.checkForUpdate());
            }}
          >
            Look now
          </Button>
        )}
        <p className={isAmiss(update) ? 'update-settings__amiss' : 'update-settings__hint'} role="status">
          {failure ?? wordsOf(update)}
        </p>
      </div>
    </div>
  );
}

const isBusy = ({ state }: UpdateState) => ['checking', 'downloading', 'installing'].includes(state);
const isAmiss = ({ state }: UpdateState) => state === 'failed';

function wordsOf(update: UpdateState): string {
  switch (update.state) {
    case 'impossible':
      return '';
    case 'idle':
      return update.checkedAt === null ? '' : 'This is the newest version.';
    case 'checking':
      return 'Looking…';
    case 'downloading':
      return `Downloading ${update.version}, ${Math.floor(update.share * 100)} %`;
    case 'ready':
      return 'Your library is copied before the new version opens it.';
    case 'installing':
      return `Closing to install ${update.version}…`;
    case 'failed':
      return failed[update.reason];
  }
}

const failed = {
  unreachable: 'The place where newer versions are could not be reached. Try again later.',
  'not-genuine': 'What came is not from the makers of Loci. It was not used; this version stays as it is.',
} as const;
