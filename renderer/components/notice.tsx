import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import './notice.css';

interface NoticeProps {
  /** `danger` interrupts a screen reader; `quiet` waits for its turn. */
  readonly tone: 'quiet' | 'danger';
  readonly title: string;
  readonly children?: ReactNode;
}

/** What happened, what it means, what to do. */
export function Notice({ tone, title, children }: NoticeProps) {
  const Icon = tone === 'danger' ? CircleAlert : Info;
  return (
    <section className={`notice notice--${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon className="notice__icon" size={16} strokeWidth={1.75} aria-hidden="true" />
      <div className="notice__text">
        <p className="notice__title">{title}</p>
        {children}
      </div>
    </section>
  );
}
