import { memo } from 'react';
import type { Span } from '../../navigation/period.ts';
import { barsHeight, type Bar } from './bar-layout.ts';
import type { Stretch } from './use-brush.ts';

interface BarsProps {
  readonly id: string;
  readonly bars: readonly Bar[];
  /** How high each is of what a search found; behind it stand all there are. */
  readonly found: readonly number[] | undefined;
  readonly shown: Stretch | undefined;
  readonly pointed: number | undefined;
  readonly countIn: (span: Span) => string;
}

export const Bars = memo(function Bars({ id, bars, found, shown, pointed, countIn }: BarsProps) {
  return bars.map(({ bin, time, x, room, bar, height }, at) => (
    <g
      key={bin.begin}
      id={`${id}${at}`}
      role="option"
      className="timeline__bar"
      aria-label={`${time} · ${countIn(bin)}`}
      // A pixel more or less comes of rounding.
      aria-selected={shown !== undefined && x >= shown[0] - 1 && x + room <= shown[1] + 1}
      data-pointed={at === pointed || undefined}
    >
      <rect className="timeline__room" x={x} width={room} height={barsHeight} />
      <rect
        className={found ? 'timeline__all' : 'timeline__count'}
        x={bar.x}
        width={bar.width}
        y={barsHeight - height}
        height={height}
      />
      <Found bar={bar} height={found?.[at] ?? 0} />
    </g>
  ));
});

function Found({ bar, height }: Pick<Bar, 'bar' | 'height'>) {
  if (height === 0) return null;
  return (
    <rect className="timeline__count" x={bar.x} width={bar.width} y={barsHeight - height} height={height} />
  );
}
