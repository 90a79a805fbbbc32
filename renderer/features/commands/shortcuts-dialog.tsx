import { useState } from 'react';
import { saidKeys as written } from '../../../shared/commands/shortcuts.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { goToSettings } from '../settings/settings-parts.ts';
import { isMac } from '../../navigation/keys.ts';
import { useTexts } from '../../text/use-texts.ts';
import { fixedFitting, shortcutGroups } from './shortcut-groups.ts';
import './shortcuts-dialog.css';

export const showShortcuts = (): void => showDialog((close) => <ShortcutsDialog onClose={close} />);

/** All keys on one sheet. */
function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const saidKeys = useSaidKeys();
  const [typed, setTyped] = useState('');
  const groups = shortcutGroups(typed, saidKeys)
    .map(({ section, ids }) => ({ section, ids: ids.filter((id) => saidKeys(id) !== undefined) }))
    .filter(({ ids }) => ids.length > 0);
  const fixed = fixedFitting(typed, texts);
  return (
    <Dialog title={texts.commands.shortcuts.title} width="wide" onClose={onClose}>
      {(close) => (
        <div className="shortcuts">
          <input
            className="shortcuts__search"
            type="text"
            aria-label={texts.commands.shortcuts.find}
            placeholder={texts.commands.shortcuts.placeholder}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <div
            className="shortcuts__sheet"
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls is reached by keyboard.
            tabIndex={0}
            role="region"
            aria-label={texts.commands.shortcuts.sheet}
          >
            <div className="shortcuts__columns">
              {groups.map(({ section, ids }) => (
                <Part
                  key={section}
                  title={texts.commands.sections[section]}
                  rows={ids.map((id) => [texts.commands.titles[id], [saidKeys(id) ?? '']])}
                />
              ))}
              {fixed.length > 0 && (
                <Part
                  title={texts.commands.shortcuts.fixed}
                  rows={fixed.map(({ name, keys }) => [
                    texts.commands.fixed[name],
                    keys.map((each) => written(each, { isMac })),
                  ])}
                />
              )}
            </div>
            {groups.length + fixed.length === 0 && (
              <p className="shortcuts__none">{texts.commands.shortcuts.none}</p>
            )}
          </div>
          <div className="dialog__actions">
            <Button
              onClick={() => {
                close();
                goToSettings('shortcuts');
              }}
            >
              {texts.commands.shortcuts.change}
            </Button>
            <Button onClick={close}>{texts.actions.close}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Part({ title, rows }: { title: string; rows: readonly (readonly [string, readonly string[]])[] }) {
  return (
    <section className="shortcuts__part">
      <h3 className="shortcuts__title">{title}</h3>
      <dl>
        {rows.map(([words, keys]) => (
          <div className="shortcuts__row" key={words}>
            <dt>{words}</dt>
            <dd>
              {keys.map((each) => (
                <kbd key={each}>{each}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
