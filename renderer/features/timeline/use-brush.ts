import { brushX, type BrushBehavior, type D3BrushEvent } from 'd3-brush';
import { pointer, select, type Selection } from 'd3-selection';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';

/** From the left edge, in pixels. */
export type Stretch = readonly [number, number];

interface BrushOptions {
  readonly width: number;
  readonly height: number;
  /** What is chosen now. */
  readonly chosen: Stretch | undefined;
  /** While it is dragged. */
  readonly onBrush: (stretch: Stretch) => void;
  /** What was dragged is let go. Answers with where it comes to rest. */
  readonly onBrushed: (stretch: Stretch) => Stretch;
  /** Nothing was dragged: one place was pointed at. */
  readonly onPoint: (x: number) => void;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;
interface Made {
  readonly brush: BrushBehavior<unknown>;
  readonly group: Group;
}

/** Wide enough to be taken hold of. */
const handleSize = 12;

/** What one drags over the bars with: a new stretch, the one that is there, or one of its edges. */
export function useBrush(options: BrushOptions): RefObject<SVGGElement | null> {
  const { width, height, chosen } = options;
  const place = useRef<SVGGElement>(null);
  const made = useRef<Made>(undefined);
  const begun = useRef<Stretch | null>(null);

  const onEvent = useEffectEvent(({ type, selection, sourceEvent }: D3BrushEvent<unknown>) => {
    // Of what the page itself has moved it says the same.
    if (!(sourceEvent instanceof Event) || !made.current || !place.current) return;
    const stretch = asStretch(selection);
    if (type === 'start') {
      begun.current = stretch;
    } else if (type === 'brush') {
      if (stretch) options.onBrush(stretch);
    } else if (stretch && !isSame(stretch, begun.current)) {
      move(made.current, options.onBrushed(stretch));
    } else {
      // The second click of two clears what the first has chosen.
      if (!(sourceEvent instanceof UIEvent && sourceEvent.detail > 1))
        options.onPoint(pointer(sourceEvent, place.current)[0]);
      move(made.current, chosen);
    }
  });

  const showChosen = useEffectEvent((now: Made) => move(now, chosen));

  useEffect(() => {
    if (!place.current || width <= 0) return undefined;
    const group: Group = select(place.current);
    const brush = brushX()
      .extent([
        [0, 0],
        [width, height],
      ])
      .handleSize(handleSize)
      .keyModifiers(false)
      .on('start brush end', (event: D3BrushEvent<unknown>) => onEvent(event));
    group.call(brush);
    made.current = { brush, group };
    showChosen(made.current);
    return () => {
      brush.on('start brush end', null);
      group.selectAll('*').remove();
      made.current = undefined;
    };
  }, [width, height]);

  const [from, to] = chosen ?? [];
  useEffect(() => {
    if (made.current) move(made.current, from === undefined || to === undefined ? undefined : [from, to]);
  }, [from, to]);
  return place;
}

function move({ brush, group }: Made, stretch: Stretch | undefined): void {
  group.call(brush.move, stretch ? [...stretch] : null);
}

function asStretch(selection: D3BrushEvent<unknown>['selection']): Stretch | null {
  if (!selection) return null;
  const [from, to] = selection;
  return typeof from === 'number' && typeof to === 'number' ? [from, to] : null;
}

const isSame = (a: Stretch, b: Stretch | null): boolean => b !== null && a[0] === b[0] && a[1] === b[1];
