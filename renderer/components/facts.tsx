import type { ReactNode } from 'react';
import { useTexts } from '../text/use-texts.ts';
import './facts.css';

export interface Fact {
  readonly name: string;
  /** Undefined while it is not known yet: its place is kept. */
  readonly value: ReactNode | undefined;
  /** How wide the kept place is, so that little changes when the value arrives. */
  readonly placeholder?: 'short' | 'long';
}

/** Names and values below each other. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ name, value, placeholder = 'short' }) => (
        <div className="facts__row" key={name}>
          <dt className="facts__name">{name}</dt>
          <dd className="facts__value">{value ?? <Placeholder width={placeholder} />}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Placeholder({ width = 'short' }: { width?: 'short' | 'long' }) {
  const texts = useTexts();
  return (
    <span className={`placeholder placeholder--${width}`}>
      <span className="only-read-out">{texts.actions.notKnownYet}</span>
    </span>
  );
}
