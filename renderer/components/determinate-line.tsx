import './determinate-line.css';

interface DeterminateLineProps {
  readonly label: string;
  readonly done: number;
  /** Null while nobody knows how much there is to do. */
  readonly total: number | null;
}

/** How far something is. */
export function DeterminateLine({ label, done, total }: DeterminateLineProps) {
  const isKnown = total !== null && total > 0;
  return (
    <progress
      className="determinate-line"
      aria-label={label}
      {...(isKnown ? { value: done, max: total } : {})}
    />
  );
}
