import './stacked-bar.css';

interface Part {
  readonly key: string;
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

interface StackedBarProps {
  readonly parts: readonly Part[];
  /** The part somebody points at. */
  readonly pointedAt: string | undefined;
  readonly onPoint: (key: string | undefined) => void;
}

/** How a whole is divided. A picture beside a table that says the same in words and figures. */
export function StackedBar({ parts, pointedAt, onPoint }: StackedBarProps) {
  return (
    <div className="stacked-bar" aria-hidden="true" onPointerLeave={() => onPoint(undefined)}>
      {parts.map(({ key, share }, at) => (
        <div
          key={key}
          className={`stacked-bar__part tint-${at}`}
          data-pointed={key === pointedAt || undefined}
          style={{ flexGrow: share }}
          onPointerEnter={() => onPoint(key)}
        />
      ))}
    </div>
  );
}
