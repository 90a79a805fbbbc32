import { Activity, House, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Mark } from '../components/mark.tsx';
import './frame.css';
import { addressOf, type Route } from './route.ts';

const entries: readonly { route: Route; label: string; icon: LucideIcon }[] = [
  { route: 'start', label: 'Start', icon: House },
  { route: 'status', label: 'Status', icon: Activity },
];

/** The sidebar and the page beside it; in a narrow window the sidebar becomes a bar above the page. */
export function Frame({ route, children }: { route: Route; children: ReactNode }) {
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
      </nav>
      {/* A new page begins at its top. */}
      <main className="frame__page" key={route}>
        {children}
      </main>
    </div>
  );
}
