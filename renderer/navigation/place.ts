import { periodAt, type Period } from './period.ts';

/** Pages that are there once. */
const plainViews = [
  'memories',
  'pinned',
  'untagged',
  'trash',
  'sessions',
  'tags',
  'settings',
  'help',
  'status',
  'activity',
  'people',
  'duplicates',
  'specializations',
  'specialization-trash',
  'coverage',
] as const;
/** Pages of one thing each. */
const viewsOfOne = ['tag', 'session', 'saved'] as const;

export type PlainView = (typeof plainViews)[number];

/** What the window is about, beside what is open in it. */
export type View =
  | { readonly kind: PlainView }
  | { readonly kind: (typeof viewsOfOne)[number]; readonly id: string };

/** Everything that makes out what one sees: it is the address after `#`, so that back and forward work as people know them. */
export interface Place {
  readonly view: View;
  /** What was typed into the search bar. */
  readonly q?: string | undefined;
  /** Of a list, only what is of that time. */
  readonly period?: Period | undefined;
  /** The memory or specialization in the detail pane. */
  readonly open?: string | undefined;
  /** Two of what the view is about that are looked at side by side. */
  readonly pair?: Pair | undefined;
}

export type Pair = readonly [left: string, right: string];

export const home: Place = { view: { kind: 'memories' } };

/** The same for the same list, whatever is open beside it. */
export function keyOf({ view, q, period }: Place): string {
  const parameters = new URLSearchParams();
  if (q) parameters.set('q', q);
  if (period) {
    parameters.set('after', period.after);
    parameters.set('before', period.before);
  }
  const path = 'id' in view ? `${view.kind}/${view.id}` : view.kind;
  return parameters.size > 0 ? `${path}?${parameters}` : path;
}

export function addressOf(place: Place): string {
  const key = keyOf(place);
  const shown = [
    ...(place.open === undefined ? [] : [`open=${place.open}`]),
    ...(place.pair === undefined ? [] : [`pair=${place.pair.join(',')}`]),
  ].join('&');
  if (shown === '') return `#/${key}`;
  return `#/${key}${key.includes('?') ? '&' : '?'}${shown}`;
}

export const addressOfView = (view: View): string => addressOf({ view });

/** An address nobody knows leads home, not to an empty window. */
export function placeAt(address: string): Place {
  const [path = '', search = ''] = address.replace(/^#\/?/, '').split('?', 2);
  const view = viewAt(path);
  if (!view) return home;
  const parameters = new URLSearchParams(search);
  const open = parameters.get('open');
  const q = parameters.get('q');
  const pair = pairIn(parameters.get('pair') ?? '');
  const period = hasTimes(view) ? periodAt(parameters.get('after'), parameters.get('before')) : undefined;
  return {
    view,
    ...(q ? { q } : {}),
    ...(period ? { period } : {}),
    ...(open !== null && isKey(open) ? { open } : {}),
    ...(pair ? { pair } : {}),
  };
}

function viewAt(path: string): View | undefined {
  const [name, id, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  if (id === undefined) {
    const kind = plainViews.find((each) => each === name);
    return kind && { kind };
  }
  const kind = viewsOfOne.find((each) => each === name);
  return kind && isKey(id) ? { kind, id } : undefined;
}

function pairIn(text: string): Pair | undefined {
  const [left = '', right = '', ...more] = text.split(',');
  return more.length === 0 && isKey(left) && isKey(right) && left !== right ? [left, right] : undefined;
}

const isKey = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** Views that are a list of memories, with one of them open beside it. */
export function isList({ kind }: View): boolean {
  return (
    kind === 'memories' ||
    kind === 'pinned' ||
    kind === 'untagged' ||
    kind === 'trash' ||
    kind === 'tag' ||
    kind === 'session' ||
    kind === 'saved'
  );
}

/** Views that are a list of specializations, with one of them open beside it. */
export const isSpecializations = ({ kind }: View): boolean =>
  kind === 'specializations' || kind === 'specialization-trash';

/** Lists that can be narrowed to a time: what is in the trash stands by when it was deleted. */
export const hasTimes = (view: View): boolean => isList(view) && view.kind !== 'trash';

/** Views that belong to the library in view: in another person's there is nothing of them. */
export const isOfOneLibrary = (view: View): boolean => 'id' in view;
