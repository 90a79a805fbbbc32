import { useSyncExternalStore } from 'react';

const routes = ['start', 'status', 'activity', 'people'] as const;
export type Route = (typeof routes)[number];

/** A page is the address after `#`, so that links, back and reload work as people know them. */
export const addressOf = (route: Route): string => (route === 'start' ? '#/' : `#/${route}`);

/** An address nobody knows leads to the start, not to an empty window. */
export const routeAt = (address: string): Route =>
  routes.find((route) => addressOf(route) === address) ?? 'start';

export function useRoute(): Route {
  return useSyncExternalStore(
    (onChange) => {
      window.addEventListener('hashchange', onChange);
      return () => window.removeEventListener('hashchange', onChange);
    },
    () => routeAt(window.location.hash),
  );
}
