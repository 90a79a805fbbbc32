import type { ReactNode } from 'react';
import './page.css';

interface PageProps {
  readonly title: string;
  /** `narrow` for a page of a few lines, which then stand in the middle. */
  readonly width?: 'full' | 'narrow';
  readonly children: ReactNode;
}

/** What every page of the app has: its name as the one first heading, and room around it. */
export function Page({ title, width = 'full', children }: PageProps) {
  return (
    <div className={`page page--${width}`}>
      <h1 className="page__title">{title}</h1>
      {children}
    </div>
  );
}

/** A part of a page under its own small heading. */
export function Section({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section className="section">
      {/* One that can be gone to takes the focus, to be read out. */}
      <h2 className="section__title" {...(id === undefined ? {} : { id, tabIndex: -1 })}>
        {title}
      </h2>
      {children}
    </section>
  );
}
