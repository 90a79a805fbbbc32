import { RotateCcw, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { commands, type CommandId } from '../../../shared/commands/commands.ts';
import {
  conflictsOf,
  keysOf,
  keysPressed,
  saidKeys as written,
  usualKeysOf,
  type ChosenKeys,
  type Conflict,
} from '../../../shared/commands/shortcuts.ts';
import { reasonOf } from '../../api/failure-words.ts';
import { changeSettings, useSettings } from '../../api/settings.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { isMac } from '../../navigation/keys.ts';
import { menuPlaceOf } from '../commands/menu-place.ts';
import { shortcutGroups } from '../commands/shortcut-groups.ts';
import { goToSettings } from './settings-parts.ts';
import { useTexts } from '../../text/use-texts.ts';
import './shortcut-settings.css';

interface Wish {
  readonly id: CommandId;
  readonly keys: string;
  readonly conflicts: readonly Conflict[];
}

/** The keys of every command, and other ones for it. */
export function ShortcutSettings() {
  const texts = useTexts();
  const { 'shortcuts.chosen': chosen } = useSettings();
  const saidKeys = useSaidKeys();
  const [typed, setTyped] = useState('');
  const [wish, setWish] = useState<Wish>();
  const [failure, setFailure] = useState<string>();
  const groups = shortcutGroups(typed, saidKeys);
  const others = Object.keys(chosen).length;

  async function change(next: ChosenKeys): Promise<void> {
    setWish(undefined);
    try {
      await changeSettings({ 'shortcuts.chosen': { ...next } });
      setFailure(undefined);
    } catch (error) {
      setFailure(reasonOf(error));
    }
  }

  function choose(id: CommandId, keys: string): void {
    const conflicts = conflictsOf(id, keys, chosen, { isMac });
    if (conflicts.length > 0) setWish({ id, keys, conflicts });
    else void change(withKeys(chosen, id, keys));
  }

  /** Whoever had them goes without; of several it keeps the others' first. */
  function takeOver({ id, keys, conflicts }: Wish): void {
    let next = chosen;
    for (const { id: loser } of conflicts) {
      if (!loser) continue;
      const left = keysOf(loser, next, { isMac }).filter((each) => each !== keys);
      next = withKeys(next, loser, left[0] ?? null);
    }
    void change(withKeys(next, id, keys));
  }

  return (
    <div className="shortcut-settings">
      <div className="shortcut-settings__top">
        <input
          className="shortcut-settings__search"
          type="text"
          aria-label={texts.settings.shortcuts.find}
          placeholder={texts.commands.shortcuts.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button icon={RotateCcw} aria-disabled={others === 0} onClick={() => others > 0 && void change({})}>
          {texts.settings.shortcuts.resetAll}
        </Button>
      </div>
      {failure !== undefined && <p role="alert">{failure}</p>}
      {groups.map(({ section, ids }) => (
        <section key={section} aria-label={texts.commands.sections[section]}>
          <h3 className="shortcut-settings__section">{texts.commands.sections[section]}</h3>
          <ul>
            {ids.map((id) => (
              <Row
                key={id}
                id={id}
                keys={saidKeys(id)}
                isOther={id in chosen}
                wish={wish?.id === id ? wish : undefined}
                onChoose={(keys) => choose(id, keys)}
                onNone={() => void change(withKeys(chosen, id, null))}
                onReset={() => void change(without(chosen, id))}
                onTakeOver={takeOver}
                onLeave={() => setWish(undefined)}
              />
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className="shortcut-settings__none">{texts.commands.shortcuts.none}</p>}
    </div>
  );
}

/** What it comes with is not remembered as a choice. */
function withKeys(chosen: ChosenKeys, id: CommandId, keys: string | null): ChosenKeys {
  const usual = usualKeysOf(id, { isMac });
  const isUsual = keys === null ? usual.length === 0 : usual.length === 1 && usual[0] === keys;
  return isUsual ? without(chosen, id) : { ...chosen, [id]: keys };
}

const without = (chosen: ChosenKeys, id: CommandId): ChosenKeys =>
  Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== id));

interface RowProps {
  readonly id: CommandId;
  readonly keys: string | undefined;
  readonly isOther: boolean;
  readonly wish: Wish | undefined;
  readonly onChoose: (keys: string) => void;
  readonly onNone: () => void;
  readonly onReset: () => void;
  readonly onTakeOver: (wish: Wish) => void;
  readonly onLeave: () => void;
}

function Row({ id, keys, isOther, wish, onChoose, onNone, onReset, onTakeOver, onLeave }: RowProps) {
  const [isListening, setListening] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const texts = useTexts();
  const words = texts.commands.titles[id];
  const { isGlobal } = commands[id];

  function onKeyDown(event: KeyboardEvent): void {
    if (!isListening) return;
    const isTab = event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isTab) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setListening(false);
    const pressed = keysPressed(event.nativeEvent, { isMac });
    if (pressed === undefined) return undefined;
    setListening(false);
    onChoose(pressed);
  }

  return (
    <li className="shortcut-settings__row">
      <span className="shortcut-settings__words">
        {words}
        <span className="shortcut-settings__menu">{menuPlaceOf(id)}</span>
      </span>
      {isGlobal ? (
        <Button tone="quiet" onClick={() => goToSettings('capture')}>
          {texts.settings.shortcuts.inCapture(keys ?? texts.settings.shortcuts.none)}
        </Button>
      ) : (
        <>
          <button
            type="button"
            ref={button}
            className="shortcut-settings__keys"
            data-listening={isListening || undefined}
            data-other={isOther || undefined}
            aria-label={texts.settings.shortcuts.change(words, keys ?? texts.settings.shortcuts.noKeys)}
            onClick={() => setListening(true)}
            onBlur={() => setListening(false)}
            onKeyDown={onKeyDown}
          >
            {isListening ? texts.settings.shortcuts.press : (keys ?? texts.settings.shortcuts.none)}
          </button>
          <IconButton
            label={texts.settings.shortcuts.noKeysFor(words)}
            icon={X}
            aria-disabled={keys === undefined}
            onClick={() => keys !== undefined && onNone()}
          />
          <IconButton
            label={texts.settings.shortcuts.resetOne(words)}
            icon={RotateCcw}
            aria-disabled={!isOther}
            onClick={() => isOther && onReset()}
          />
        </>
      )}
      {wish && <Clash wish={wish} onTakeOver={() => onTakeOver(wish)} onLeave={onLeave} />}
    </li>
  );
}

function Clash({ wish, onTakeOver, onLeave }: { wish: Wish; onTakeOver: () => void; onLeave: () => void }) {
  const { keys, conflicts } = wish;
  const texts = useTexts();
  const names = conflicts.map(({ words }) => words);
  const said = written(keys, { isMac });
  const canTake = conflicts.every(({ id }) => id !== undefined);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className="shortcut-settings__clash" role="alert">
      <p>
        {canTake
          ? texts.settings.shortcuts.taken(said, names)
          : texts.settings.shortcuts.takenForGood(said, names)}
      </p>
      {canTake && (
        <Button ref={first} onClick={onTakeOver}>
          {texts.settings.shortcuts.useHere}
        </Button>
      )}
      <Button ref={canTake ? undefined : first} onClick={onLeave}>
        {canTake ? texts.settings.shortcuts.leave : texts.actions.allRight}
      </Button>
    </div>
  );
}
