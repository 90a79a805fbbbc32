import { expect, test } from 'vitest';
import css from './tokens.css?raw';

type Colour = readonly [lightness: number, chroma: number, hue: number];
type Theme = 'light' | 'dark';

const pair = /--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g;
// Vitest hands out empty stylesheets unless its configuration says `css: true`.
if (css === '') throw new Error('tokens.css came empty; vitest.config.ts needs css: true');

const colours = new Map<string, Record<Theme, Colour>>();
for (const [, name = '', light = '', dark = ''] of css.matchAll(pair)) {
  colours.set(name, { light: parse(light), dark: parse(dark) });
}

function parse(text: string): Colour {
  const [lightness = NaN, chroma = NaN, hue = NaN] = text.split(' ').map(Number);
  return [lightness, chroma, hue];
}

/** Relative luminance of an OKLCH colour, by way of OKLab and linear sRGB (https://bottosson.github.io/posts/oklab/). */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const [r, g, bl] = [red, green, blue].map((channel) => Math.min(1, Math.max(0, channel)));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (bl ?? 0);
}

function contrast(one: string, other: string, theme: Theme): number {
  const of = (name: string) => {
    const colour = colours.get(name);
    if (!colour) throw new Error(`No colour ${name} in tokens.css`);
    return luminance(colour[theme]) + 0.05;
  };
  const [a, b] = [of(one), of(other)];
  return Math.max(a, b) / Math.min(a, b);
}

function below(least: number, fronts: readonly string[], backs: readonly string[]): string[] {
  const weak: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    for (const front of fronts) {
      for (const back of backs) {
        const found = contrast(front, back, theme);
        if (!(found >= least)) weak.push(`${front} on ${back}, ${theme}: ${found.toFixed(2)}`);
      }
    }
  }
  return weak;
}

const surfaces = ['surface-0', 'surface-1', 'surface-2', 'surface-3'];

test('every text colour is readable on every surface, in both themes', () => {
  expect(below(4.5, ['ink-1', 'ink-2', 'ink-3', 'accent', 'danger'], surfaces)).toEqual([]);
  expect(below(4.5, ['on-accent'], ['accent', 'accent-strong'])).toEqual([]);
  expect(below(4.5, ['on-danger'], ['danger'])).toEqual([]);
  expect(below(4.5, ['ink-1', 'ink-2'], ['accent-soft', 'danger-soft', 'match'])).toEqual([]);
  expect(below(4.5, ['accent'], ['accent-soft'])).toEqual([]);
  expect(below(4.5, ['danger'], ['danger-soft'])).toEqual([]);
});

test('what one can act on, and the parts of a picture, stand out from the page', () => {
  expect(below(3, ['line-strong'], ['surface-0', 'surface-1'])).toEqual([]);
  expect(below(3, ['meaning', 'words', 'importance', 'recency'], ['surface-0', 'surface-1'])).toEqual([]);
});
