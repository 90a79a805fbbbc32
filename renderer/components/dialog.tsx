import { Dialog as Base } from '@base-ui/react/dialog';
import { useState, type ReactNode } from 'react';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  /** `wide` for what is looked through. */
  readonly width?: 'usual' | 'wide';
  /** After it was closed, by whatever: the place to take it out of the page. */
  readonly onClose: () => void;
  /** Where the focus goes instead, when what opened it is gone. */
  readonly returnTo?: (() => HTMLElement | null) | undefined;
  /** `close` gives the focus back to what opened it. */
  readonly children: (close: () => void) => ReactNode;
}

/** A question that must be answered first: the page behind it waits, Escape closes it. */
export function Dialog({ title, width = 'usual', onClose, returnTo, children }: DialogProps) {
  const [isOpen, setOpen] = useState(true);
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(open) => open || onClose()}
      // What was typed is not lost by a click beside it.
      disablePointerDismissal
    >
      <Base.Portal>
        <Base.Backdrop className="dialog__veil" />
        <Base.Popup
          className={width === 'wide' ? 'dialog dialog--wide' : 'dialog'}
          finalFocus={() => returnTo?.() ?? true}
        >
          <Base.Title className="dialog__title">{title}</Base.Title>
          {children(() => setOpen(false))}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
