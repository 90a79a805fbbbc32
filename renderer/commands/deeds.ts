import { useEffect, useRef } from 'react';
import { type CommandId, type CommandPlace } from '../../shared/commands/commands.ts';

/** What a command does here; false: nothing now, and its keys may mean something else. */
export type Deed = () => unknown;
export type Deeds = { readonly [id in CommandId]?: Deed | undefined };

interface Offer {
  readonly place: CommandPlace;
  readonly deeds: () => Deeds;
}

/** The latest comes last. */
let offers: readonly Offer[] = [];
/** The part of the window one was in last, also while something lies over it. */
let lastPlace: CommandPlace = 'anywhere';

/** Says that these can be done now, for as long as the answer is not called. */
export function offerDeeds(place: CommandPlace, deeds: () => Deeds): () => void {
  const offer: Offer = { place, deeds };
  offers = [...offers, offer];
  return () => {
    offers = offers.filter((each) => each !== offer);
  };
}

/** While this is on the screen, these can be done. */
export function useDeeds(place: CommandPlace, deeds: Deeds): void {
  const latest = useRef(deeds);
  useEffect(() => {
    latest.current = deeds;
  });
  useEffect(() => offerDeeds(place, () => latest.current), [place]);
}

/** What the command would do now: in that part of the window if it means something there, otherwise in the latest where it does. */
export function deedOf(id: CommandId, place: CommandPlace = lastPlace): Deed | undefined {
  const found = offers.flatMap((offer) => {
    const deed = offer.deeds()[id];
    return deed ? [{ place: offer.place, deed }] : [];
  });
  return (found.findLast((each) => each.place === place) ?? found.at(-1))?.deed;
}

/** By a menu or the list of commands. False when it cannot be done now. */
export function runCommand(id: CommandId): boolean {
  const deed = deedOf(id);
  return deed !== undefined && deed() !== false;
}

export const noteCommandPlace = (place: CommandPlace): void => {
  lastPlace = place;
};
