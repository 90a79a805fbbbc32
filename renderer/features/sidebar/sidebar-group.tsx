import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { remembered } from '../../navigation/remembered.ts';

interface SidebarGroupProps {
  /** As it is remembered. */
  readonly name: string;
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** Entries of one kind, that can be folded away and stay so. */
export function SidebarGroup({ name, title, action, children }: SidebarGroupProps) {
  const [memory] = useState(() =>
    remembered(`sidebar.${name}`, (text) => (text === 'closed' || text === 'open' ? text : undefined)),
  );
  const [isOpen, setOpen] = useState(memory.read() !== 'closed');
  return (
    <Collapsible.Root
      className="sidebar__group"
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        memory.write(open ? 'open' : 'closed');
      }}
    >
      <div className="sidebar__heading">
        <Collapsible.Trigger className="sidebar__title">
          {title}
          <ChevronRight className="sidebar__fold" size={14} strokeWidth={2} aria-hidden="true" />
        </Collapsible.Trigger>
        {action}
      </div>
      <Collapsible.Panel render={<ul />}>{children}</Collapsible.Panel>
    </Collapsible.Root>
  );
}
