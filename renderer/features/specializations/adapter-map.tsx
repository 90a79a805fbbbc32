import { useTexts } from '../../text/use-texts.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { memo, useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { AdapterReport } from '../../../shared/schemas/adapter.ts';
import { formatCount } from '../../text/quantities.ts';
import './adapter-map.css';
import { inUsualOrder, mapInWords } from './adapter-words.ts';

/** More than a window is wide; what comes after is said in words. */
const mostDrawn = { layers: 200, targets: 30 };
/** So many layers can each have their number below. */
const mostNumbered = 16;

interface AdapterMapProps {
  readonly report: AdapterReport;
  /** In a comparison, whose it is. */
  readonly of?: string;
}

/**
 * Where an adapter reaches: a row for each kind of module, a column for each layer, the darker the higher the rank.
 * A table to those who listen; arrows lead from cell to cell.
 */
export function AdapterMapView({ report, of }: AdapterMapProps) {
  const texts = useTexts();
  const { map } = report;
  const id = useId();
  const layers = useMemo(() => map.layers.slice(0, mostDrawn.layers), [map]);
  const targets = useMemo(() => inUsualOrder(map.targets).slice(0, mostDrawn.targets), [map]);
  const [at, setAt] = useState<readonly [target: number, layer: number]>();
  const steps = useMemo(
    () => [...new Set(map.ranks)].filter((rank) => rank > 0).toSorted((a, b) => a - b),
    [map],
  );
  const cells = useMemo(
    () =>
      targets.map((target) => {
        const column = map.targets.indexOf(target);
        return layers.map((_, layer) => {
          const rank = map.ranks[layer * map.targets.length + column] ?? 0;
          return { rank, strength: strengthOf(rank, steps) };
        });
      }),
    [map, targets, layers, steps],
  );
  const stride = layers.length <= mostNumbered ? 1 : layers.length <= 48 ? 4 : layers.length <= 100 ? 8 : 20;
  const isNumbered = layers.every((layer) => /^\d+$/.test(layer));

  function onKeyDown(event: KeyboardEvent): void {
    const [target, layer] = at ?? [0, -1];
    const lastTarget = targets.length - 1;
    const lastLayer = layers.length - 1;
    const [down, right] = {
      ArrowRight: [0, 1] as const,
      ArrowLeft: [0, -1] as const,
      ArrowDown: [1, 0] as const,
      ArrowUp: [-1, 0] as const,
      Home: [0, -layers.length] as const,
      End: [0, layers.length] as const,
    }[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    event.stopPropagation();
    setAt([clamp(target + down, lastTarget), clamp(layer + right, lastLayer)]);
  }

  const words = mapInWords(report);
  const said = at && cellInWords(targets[at[0]] ?? '', layers[at[1]] ?? '', cells[at[0]]?.[at[1]]?.rank ?? 0);
  return (
    <figure className="adapter-map">
      <div
        className="adapter-map__scroll"
        role="grid"
        tabIndex={0}
        aria-label={
          of === undefined
            ? texts.specializations.map.name(words)
            : texts.specializations.map.nameOf(of, words)
        }
        aria-rowcount={targets.length}
        aria-colcount={layers.length + 1}
        aria-activedescendant={at ? `${id}-${at[0]}-${at[1]}` : undefined}
        onKeyDown={onKeyDown}
        onBlur={() => setAt(undefined)}
        onPointerLeave={() => setAt(undefined)}
        style={{
          gridTemplateColumns: `minmax(92px, max-content) repeat(${layers.length}, minmax(5px, 22px))`,
        }}
      >
        {targets.map((target, row) => (
          <MapRow
            key={target}
            id={`${id}-${row}`}
            target={target}
            row={row}
            layers={layers}
            cells={cells[row] ?? []}
            at={at?.[0] === row ? at[1] : -1}
            onPoint={setAt}
          />
        ))}
        {/* Each cell says its layer itself. */}
        <div className="adapter-map__row" aria-hidden="true">
          <div className="adapter-map__axis adapter-map__axis--name">
            {isNumbered ? texts.specializations.map.layer : texts.specializations.map.place}
          </div>
          {layers.map((layer, column) => (
            <div className="adapter-map__axis" key={layer}>
              {isNumbered && column % stride === 0 ? layer : ''}
            </div>
          ))}
        </div>
      </div>
      <figcaption className="adapter-map__words">
        <p className="adapter-map__said">{said ?? words}</p>
        {steps.length > 1 && (
          <span className="adapter-map__legend" aria-hidden="true">
            {texts.specializations.map.rank}
            {legendOf(steps).map((rank) => (
              <span key={rank}>
                <i
                  className="adapter-map__cell"
                  style={{ ['--strength' as string]: `${strengthOf(rank, steps)}%` }}
                />
                {formatCount(rank)}
              </span>
            ))}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

const clamp = (value: number, last: number): number => Math.min(last, Math.max(0, value));

/** By powers, as ranks are chosen: 8 and 16 differ as much as 64 and 128 do. */
function strengthOf(rank: number, steps: readonly number[]): number {
  const most = steps.at(-1) ?? 0;
  if (steps.length === 1 || most <= 1) return 62;
  return Math.round(25 + (Math.log2(rank + 1) / Math.log2(most + 1)) ** 2 * 65);
}

interface MapRowProps {
  readonly id: string;
  readonly target: string;
  readonly row: number;
  readonly layers: readonly string[];
  readonly cells: readonly { readonly rank: number; readonly strength: number }[];
  /** The layer one is at; -1 for none of this row. */
  readonly at: number;
  readonly onPoint: (at: readonly [target: number, layer: number]) => void;
}

/** Drawn anew only where one comes or goes: there may be thousands of cells. */
const MapRow = memo(function MapRow({ id, target, row, layers, cells, at, onPoint }: MapRowProps) {
  return (
    <div className="adapter-map__row" role="row">
      <div className="adapter-map__target" role="rowheader" title={target}>
        {target}
      </div>
      {cells.map(({ rank, strength }, column) => (
        <div
          key={layers[column]}
          role="gridcell"
          id={`${id}-${column}`}
          className="adapter-map__cell"
          data-none={rank === 0 || undefined}
          data-at={column === at || undefined}
          aria-label={cellInWords(target, layers[column] ?? '', rank)}
          style={rank === 0 ? undefined : { ['--strength' as string]: `${strength}%` }}
          onPointerEnter={() => onPoint([row, column])}
        />
      ))}
    </div>
  );
});

function cellInWords(target: string, layer: string, rank: number): string {
  const texts = textsNow();
  const where = /^\d+$/.test(layer) ? texts.specializations.map.layerOf(layer) : layer;
  return rank === 0
    ? texts.specializations.map.unchanged(target, where)
    : texts.specializations.map.changed(target, where, rank);
}

/** Few enough to be told apart. */
function legendOf(steps: readonly number[]): readonly number[] {
  if (steps.length <= 4) return steps;
  const middle = steps[Math.floor(steps.length / 2)] ?? 0;
  return [steps[0] ?? 0, middle, steps.at(-1) ?? 0];
}
