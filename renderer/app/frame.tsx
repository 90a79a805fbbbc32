import { Activity, History, House, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLibraryInView, usePeople } from '../api/people.ts';
import { Mark } from '../components/mark.tsx';
import { PersonSwitcher } from '../features/people/person-switcher.tsx';
import './frame.css';
import { addressOf, type Route } from './route.ts';

const entries: readonly { route: Route; label: string; icon: LucideIcon }[] = [
  { route: 'start', label: 'Start', icon: House },
  { route: 'status', label: 'Status', icon: Activity },
  { route: 'activity', label: 'Activity', icon: History },
];

/** The sidebar and the page beside it; in a narrow window the sidebar becomes a bar above the page. */
export function Frame({ route, children }: { route: Route; children: ReactNode }) {
  const library = useLibraryInView();
  const person = usePeople()?.find(({ current }) => current)?.name;
  return (
    <div className="frame">
      <nav className="sidebar" aria-label="Loci">
        <p className="sidebar__name">
          <Mark /> Loci
        </p>
        <ul className="sidebar__entries">
          {entries.map(({ route: target, label, icon: Icon }) => (
            <li key={target}>
              <a
                className="sidebar__entry"
                href={addressOf(target)}
                draggable={false}
                aria-current={target === route ? 'page' : undefined}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
                {label}
              </a>
            </li>
          ))}
        </ul>
        <PersonSwitcher peopleAddress={addressOf('people')} />
      </nav>
      {/* A new page begins at its top, and nothing of one library is left when another comes into view. */}
      <main className="frame__page" key={pageKey(route, library)}>
        {children}
      </main>
      <output className="only-read-out">
        {library > 0 && person !== undefined ? `This is the library of ${person}.` : ''}
      </output>
    </div>
  );
}

/** The list of people is the same whoever is looking. */
const pageKey = (route: Route, library: number): string =>
  route === 'people' ? route : `${route} ${library}`;
