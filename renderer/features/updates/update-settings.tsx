import { useState } from 'react';
import type { UpdateState } from '../../../shared/schemas/update-state.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { useUpdateState } from '../../api/update-state.ts';
import { Button } from '../../components/button.tsx';
import type { Texts } from '../../../shared/texts/index.ts';
import { formatShare } from '../../text/quantities.ts';
import { useTexts } from '../../text/use-texts.ts';
import './update-settings.css';

/** Newer versions: off until somebody wants it, because it is the one thing that uses the network. */
export function UpdateSettings() {
  const texts = useTexts();
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
    return <p className="update-settings__hint">{texts.updates.impossible}</p>;
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
        {texts.updates.look}
      </label>
      <p className="update-settings__hint">{texts.updates.lookHint}</p>
      <div className="update-settings__row">
        {update.state === 'ready' ? (
          <Button tone="primary" onClick={() => void attempt(() => loci.app.installUpdate())}>
            {texts.updates.install(update.version)}
          </Button>
        ) : (
          <Button
            aria-disabled={isBusy(update)}
            onClick={() => {
              if (!isBusy(update)) void attempt(() => loci.app.checkForUpdate());
            }}
          >
            {texts.updates.lookNow}
          </Button>
        )}
        <p className={isAmiss(update) ? 'update-settings__amiss' : 'update-settings__hint'} role="status">
          {failure ?? wordsOf(update, texts)}
        </p>
      </div>
    </div>
  );
}

const isBusy = ({ state }: UpdateState) => ['checking', 'downloading', 'installing'].includes(state);
const isAmiss = ({ state }: UpdateState) => state === 'failed';

function wordsOf(update: UpdateState, texts: Texts): string {
  switch (update.state) {
    case 'impossible':
      return '';
    case 'idle':
      return update.checkedAt === null ? '' : texts.updates.newest;
    case 'checking':
      return texts.updates.checking;
    case 'downloading':
      return texts.updates.downloading(update.version, formatShare(Math.floor(update.share * 100) / 100));
    case 'ready':
      return texts.updates.ready;
    case 'installing':
      return texts.updates.installing(update.version);
    case 'failed':
      return update.reason === 'unreachable' ? texts.updates.unreachable : texts.updates.notGenuine;
  }
}
