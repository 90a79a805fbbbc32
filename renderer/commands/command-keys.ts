import { useEffect } from 'react';
import {
  commandPlaces,
  commands,
  placesOf,
  type CommandId,
  type CommandPlace,
} from '../../shared/commands/commands.ts';
import {
  commandsByKeys,
  isBesideText,
  keysPressed,
  type ChosenKeys,
} from '../../shared/commands/shortcuts.ts';
import { useSettings } from '../api/settings.ts';
import { isMac } from '../navigation/keys.ts';
import { isTyping } from '../navigation/typing.ts';
import { deedOf, noteCommandPlace } from './deeds.ts';

/** What asks something is answered first; what concerns the window as such can be done all the same. */
const duringQuestions: ReadonlySet<CommandId> = new Set([
  'view.larger',
  'view.smaller',
  'view.usualSize',
  'view.fullScreen',
  'app.newWindow',
  'app.quit',
]);
/** While it goes away, it asks nothing any more. */
const question = ':is(.dialog, .composer-window, .palette)[data-open]';
const floating = '[role="menu"], [role="dialog"], [role="alertdialog"]';

/** The keys of all commands, heard in one place. */
export function useCommandKeys(): void {
  const { 'shortcuts.chosen': chosen } = useSettings();
  useEffect(() => listenFor(chosen), [chosen]);
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent) => {
      // Whatever lies over the window is left for where one was.
      if (target instanceof Element && target.closest(floating) === null) {
        noteCommandPlace(placeAt(target) ?? 'anywhere');
      }
    };
    window.addEventListener('focusin', onFocus);
    return () => window.removeEventListener('focusin', onFocus);
  }, []);
}

function listenFor(chosen: ChosenKeys): () => void {
  const byKeys = commandsByKeys(chosen, { isMac });
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.getModifierState('AltGraph')) return;
    const keys = keysPressed(event, { isMac });
    const candidates = keys === undefined ? undefined : byKeys.get(keys);
    if (keys === undefined || !candidates) return;
    // What has a root of its own inside is told apart only by the way the event took.
    const [target = event.target] = event.composedPath();
    const place = placeAt(event.target);
    const isWriting = isTyping(target);
    for (const id of candidates) {
      if (isWriting && (!isBesideText(keys) || commands[id].yieldsToText)) continue;
      if (!countsIn(id, place) || (isAsked() && !duringQuestions.has(id))) continue;
      const deed = deedOf(id, place);
      if (!deed || deed() === false) continue;
      event.preventDefault();
      return;
    }
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

const isAsked = (): boolean => document.querySelector(question) !== null;

function countsIn(id: CommandId, place: CommandPlace | undefined): boolean {
  // In a menu keys find its items.
  if (place === undefined) return false;
  const places = placesOf(id);
  return places.includes('anywhere') || places.includes(place);
}

/** Where in the window that is; undefined in what floats above it. */
function placeAt(target: EventTarget | null): CommandPlace | undefined {
  if (!(target instanceof Element)) return 'anywhere';
  if (target.closest('[role="menu"]')) return undefined;
  if (target.closest(floating)) return 'anywhere';
  const within = target.closest<HTMLElement>('[data-command-place]');
  if (within) return placeNamed(within.dataset['commandPlace']);
  // Beside everything that has keys of its own they are those of the page as a whole, if it has any.
  if (target.closest('.sidebar')) return 'anywhere';
  const ofPage = document.querySelector<HTMLElement>('[data-command-place-of-page]');
  return placeNamed(ofPage?.dataset['commandPlaceOfPage']);
}

const placeNamed = (name: string | undefined): CommandPlace =>
  commandPlaces.find((place) => place === name) ?? 'anywhere';
