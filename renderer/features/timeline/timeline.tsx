import {
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react';
import { periodOf, type Period, type Span } from '../../navigation/period.ts';
import { useTexts } from '../../text/use-texts.ts';
import { barsHeight, layOutBars } from './bar-layout.ts';
import { Bars } from './bars.tsx';
import { binsOf, countWithin, type Bins } from './bins.ts';
import { periodInWords } from './period-words.ts';
import { barKey, type BarCursor } from './timeline-keys.ts';
import './timeline.css';
import { useBrush, type Stretch } from './use-brush.ts';

/** With the gap beside it: narrower, a bar can hardly be pointed at. */
const narrowestBar = 4;

interface TimelineProps {
  /** When the memories are, the earliest first. */
  readonly times: Float64Array;
  /** When those are that were found among them; all are in view where nothing is searched for. */
  readonly foundTimes?: Float64Array | undefined;
  /** What is chosen; it may have no beginning or no end. */
  readonly span: Span | undefined;
  /** While it is dragged. */
  readonly onPreview?: (period: Period) => void;
  /** `goesOn`: part of the same choice as the one before. */
  readonly onChoose: (period: Period, goesOn: boolean) => void;
  readonly onClear: () => void;
  /** Down, into the list below. */
  readonly onLeave: () => void;
}

/** How many memories there are of each time, as bars; those of a time that is chosen are what the list shows. */
export const Timeline = memo(function Timeline(props: TimelineProps) {
  const texts = useTexts();
  const { times, span, onPreview, onChoose, onClear, onLeave } = props;
  // What is typed waits for the list, and not for all bars.
  const foundTimes = useDeferredValue(props.foundTimes);
  const { box, width } = useWidth();
  const id = useId();
  const made = useMemo(() => binsOf(times, Math.floor(width / narrowestBar)), [times, width]);
  const drawn = useMemo(
    () => layOutBars(made, width),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Their times are said in the language of the texts.
    [made, width, texts],
  );
  const found = useMemo(() => foundTimes && drawn.heightsOf(foundTimes), [drawn, foundTimes]);
  const [hovered, setHovered] = useState<number>();
  const [cursor, setCursor] = useState<BarCursor>();
  const [dragged, setDragged] = useState<Stretch>();

  const chosen = useMemo(() => span && drawn.stretchOf(span), [span, drawn]);
  const brush = useBrush({
    width,
    height: barsHeight,
    chosen,
    onBrush(stretch) {
      const snapped = drawn.snapped(stretch);
      setDragged(snapped.stretch);
      onPreview?.(periodOf(snapped.span));
    },
    onBrushed(stretch) {
      const snapped = drawn.snapped(stretch);
      setDragged(undefined);
      onChoose(periodOf(snapped.span), false);
      return snapped.stretch;
    },
    onPoint(x) {
      const bin = made.bins[drawn.barAt(x)];
      if (bin) onChoose(periodOf(bin), false);
    },
  });

  const shown = dragged ?? chosen;
  const pointed = dragged ? undefined : (hovered ?? cursor?.at);
  const said = dragged ? drawn.snapped(dragged).span : made.bins[pointed ?? -1];
  const countIn = useCallback(
    (some: Span) => {
      const count = countWithin(foundTimes ?? times, some);
      return foundTimes ? texts.timeline.found(count) : texts.amounts.memories(count);
    },
    [foundTimes, times, texts],
  );

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && span) {
      take(event);
      onClear();
      return;
    }
    if (event.key === 'ArrowDown' && !event.shiftKey && !event.altKey) {
      take(event);
      onLeave();
      return;
    }
    const move = barKey(event, made, cursor ?? beginning(made, span));
    if (!move) return;
    take(event);
    setCursor(move.cursor);
    setHovered(undefined);
    if (!move.chosen) return;
    const [first, last] = [made.bins[move.chosen[0]], made.bins[move.chosen[1]]];
    if (first && last) onChoose(periodOf({ begin: first.begin, end: last.end }), move.goesOn ?? false);
  }

  return (
    <div className="timeline">
      <div
        className="timeline__bars"
        ref={box}
        role="listbox"
        tabIndex={0}
        aria-label={texts.timeline.label}
        aria-orientation="horizontal"
        aria-multiselectable
        aria-describedby={`${id}keys`}
        aria-activedescendant={cursor && `${id}${cursor.at}`}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setCursor(beginning(made, span));
        }}
        onBlur={() => setCursor(undefined)}
        onDoubleClick={onClear}
        onPointerMove={({ nativeEvent, currentTarget }) =>
          setHovered(drawn.barAt(nativeEvent.clientX - currentTarget.getBoundingClientRect().left))
        }
        onPointerLeave={() => setHovered(undefined)}
      >
        <svg className="timeline__drawing" width={width} height={barsHeight} role="presentation">
          {shown && (
            <rect className="timeline__chosen" x={shown[0]} width={shown[1] - shown[0]} height={barsHeight} />
          )}
          <Bars id={id} bars={drawn.bars} found={found} shown={shown} pointed={pointed} countIn={countIn} />
          {shown?.map((x, edge) => (
            <line key={edge} className="timeline__edge" x1={x} x2={x} y2={barsHeight} />
          ))}
          <g className="timeline__brush" ref={brush} aria-hidden="true" />
        </svg>
      </div>
      <div className="timeline__axis" aria-hidden="true">
        {said ? (
          <span className="timeline__said" style={placeIn(drawn.middleOf(said), width)}>
            {periodInWords(said)} · {countIn(said)}
          </span>
        ) : (
          drawn.ticks.map(({ words, x }) => (
            <span className="timeline__tick" key={x} style={{ left: x }}>
              {words}
            </span>
          ))
        )}
      </div>
      <span className="only-read-out" id={`${id}keys`}>
        {texts.timeline.keys}
      </span>
    </div>
  );
});

function take(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Where the keyboard comes in: at what is chosen, or at the latest. */
function beginning({ bins }: Bins, span: Span | undefined): BarCursor {
  const within = span ? bins.findIndex(({ end }) => end > span.begin) : -1;
  const at = within < 0 ? Math.max(0, bins.length - 1) : within;
  return { at, anchor: at };
}

/** Around there, and never over the edges. */
const placeIn = (x: number, width: number) => ({
  left: x,
  transform: `translateX(-${width > 0 ? (x / width) * 100 : 0}%)`,
});

/** How wide it is, before anything is painted and whenever that changes. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => setWidth(Math.floor(box.current?.clientWidth ?? 0)), []);
  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}
