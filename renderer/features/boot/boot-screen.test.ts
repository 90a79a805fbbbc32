import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import page from '../../index.html?raw';
import { BootScreen } from './boot-screen.tsx';

test('what is painted before any script runs is what the first screen then takes over', () => {
  const painted = /<div id="root">([\s\S]*)<\/div>\s*<\/body>/.exec(page)?.[1] ?? '';
  // Lines break inside tags only.
  expect(painted.replaceAll(/\s+(?=>)/g, '')).toBe(
    renderToStaticMarkup(createElement(BootScreen, { stage: 'checking' })),
  );
});
