import './determinate-line.css';

interface DeterminateLineProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** How far something is. */
export function DeterminateLine({ label, done, total }: DeterminateLineProps) {
  return <progress className="determinate-line" aria-label={label} value={done} max={Math.max(1, total)} />;
}
