import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import './tabs.css';

export interface Tab<T extends string> {
  readonly value: T;
  readonly label: string;
  /** How much is there. */
  readonly count?: string | undefined;
  readonly content: ReactNode;
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

/** Parts of one thing, of which one is in view. */
export function Tabs<T extends string>({ label, tabs, chosen, onChoose }: TabsProps<T>) {
  return (
    <Base.Root
      className="tabs"
      value={chosen}
      onValueChange={(value: unknown) => {
        const found = tabs.find((tab) => tab.value === value);
        if (found) onChoose(found.value);
      }}
    >
      <Base.List className="tabs__list" aria-label={label}>
        {tabs.map(({ value, label: words, count }) => (
          <Base.Tab key={value} value={value} className="tabs__tab">
            {words}
            {count !== undefined && <span className="tabs__count">{count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(({ value, content }) => (
        <Base.Panel key={value} value={value} className="tabs__panel">
          {content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
