import type { ReactNode } from 'react';
import './page.css';

/** What every page of the app has: its name as the one first heading, and room around it. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page">
      <h1 className="page__title">{title}</h1>
      {children}
    </div>
  );
}

/** A part of a page under its own small heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="section">
      <h2 className="section__title">{title}</h2>
      {children}
    </section>
  );
}
