import { useEffect, useId, useState, type ReactNode } from 'react';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  /** After it was closed, by whatever: the place to take it out of the page. */
  readonly onClose: () => void;
  /** `close` gives the focus back to what opened it. */
  readonly children: (close: () => void) => ReactNode;
}

/** A question that must be answered first. The native one: the page behind it waits, Escape closes it. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();

  useEffect(() => {
    if (dialog && !dialog.open) dialog.showModal();
  }, [dialog]);

  return (
    <dialog className="dialog" ref={setDialog} aria-labelledby={titleId} onClose={onClose}>
      <h2 className="dialog__title" id={titleId}>
        {title}
      </h2>
      {children(() => dialog?.close())}
    </dialog>
  );
}
