import { currentPlace, go } from '../../navigation/history.ts';
import { isList, isSpecializations } from '../../navigation/place.ts';

let field: HTMLInputElement | undefined;
let isWanted = false;

/** The field is there: as soon as it is, it gets what was meant for it. */
export function fieldIsThere(input: HTMLInputElement | null): (() => void) | undefined {
  if (!input) return undefined;
  field = input;
  if (isWanted) takeFocus(input);
  return () => {
    if (field === input) field = undefined;
  };
}

function takeFocus(input: HTMLInputElement): void {
  isWanted = false;
  // Whoever asks for it where it is already is offered what one is offered on entering.
  if (document.activeElement === input && input.getAttribute('aria-expanded') !== 'true') input.blur();
  input.focus();
  input.select();
}

/** From wherever one is. */
export function goSearching(): void {
  if (field?.isConnected) {
    takeFocus(field);
    return;
  }
  isWanted = true;
  const { view, q, period } = currentPlace();
  if (isSpecializations(view)) go({ view, q });
  else go(isList(view) ? { view, q, period } : { view: { kind: 'memories' } });
}

/** The next field takes the focus: the one that is there goes. */
export const focusNextField = (): void => {
  isWanted = true;
};
