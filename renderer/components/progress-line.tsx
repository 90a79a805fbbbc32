/** Something is under way and cannot say how far it is. */
export function ProgressLine({ label }: { label: string }) {
  return (
    <div className="progress-line">
      <progress className="only-read-out" aria-label={label} />
    </div>
  );
}
