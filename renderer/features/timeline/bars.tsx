import { memo } from 'react';
import type { Span } from '../../navigation/period.ts';
import { barsHeight, type Bar } from './bar-layout.ts';
import type { Stretch } from './use-brush.ts';

interface BarsProps {
  readonly id: string;
  readonly bars: readonly Bar[];
  /** Behind what was found stand all there are. */
  readonly isSearch: boolean;
  readonly shown: Stretch | undefined;
  readonly pointed: number | undefined;
  readonly countIn: (span: Span) => string;
}

export const Bars = memo(function Bars({ id, bars, isSearch, shown, pointed, countIn }: BarsProps) {
  return bars.map(({ bin, time, x, room, bar, height, found }, at) => (
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
        className={isSearch ? 'timeline__all' : 'timeline__count'}
        x={bar.x}
        width={bar.width}
        y={barsHeight - height}
        height={height}
      />
      {found > 0 && (
        <rect className="timeline__count" x={bar.x} width={bar.width} y={barsHeight - found} height={found} />
      )}
    </g>
  ));
});
