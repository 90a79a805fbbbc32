import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { MarkdownText as Shown } from './markdown-text.tsx';
import { untrustedTexts } from '../../../shared/text/untrusted-texts.ts';

let MarkdownText: typeof Shown;
beforeAll(async () => {
  vi.stubGlobal('window', { loci: { invoke: async () => ({ ok: true }), listen: () => () => undefined } });
  ({ MarkdownText } = await import('./markdown-text.tsx'));
});

const show = (text: string) => renderToStaticMarkup(createElement(MarkdownText, { text }));
const words = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');

describe('a text that wants to run or fetch something', () => {
  const allowed = new Set(
    'div,p,a,span,svg,path,rect,circle,line,strong,em,code,pre,ul,ol,li,h2,h3,h4,h5,h6,table,thead,tbody,tr,th,td,section,sup,input,blockquote,del,hr,br,img'.split(
      ',',
    ),
  );

  test.each(untrustedTexts)('%s', (text) => {
    const html = show(text);
    for (const [, name = '', attributes = ''] of html.matchAll(/<([a-zA-Z][\w-]*)([^>]*)>/g)) {
      expect(allowed, name).toContain(name);
      expect(attributes).not.toMatch(/\s(?:on\w+|srcdoc|action|formaction|data|poster|background)=/i);
      expect(attributes).not.toMatch(/\ssrc="(?!data:image\/(?:png|jpeg|gif|webp);base64,)/i);
      expect(attributes).not.toMatch(/\shref="(?!https?:\/\/|mailto:|#)/i);
    }
  });
});

test('markup is shown as the letters it is made of, and an address that is not followed is not dropped', () => {
  for (const text of untrustedTexts.filter((each) => each.startsWith('<') && !each.startsWith('<java'))) {
    expect(words(show(text)).replaceAll(/\s/g, '')).toContain(text.replaceAll(/\s/g, ''));
  }
  expect(words(show('[a](javascript:alert(1))'))).toContain('a (javascript:alert(1))');
  expect(words(show('![tap](https://example.org/tap.png)'))).toContain('tap on example.org');
});

test('the numbers of a list, and the line beside a quotation, stand where the text within begins', () => {
  // A `dir` in between would hide the letters from the list, which would be taken for one in English.
  expect(show('1. انقع\n2. اسلق')).toMatch(/<ol[^>]* dir="auto"[^>]*>\s*<li(?![^>]* dir=)/);
  expect(show('> من جدتي')).toMatch(/<blockquote[^>]* dir="auto"[^>]*>\s*<p(?![^>]* dir=)/);
});

test('the lines that somebody wrote are there, also within what is strong', () => {
  const html = show('Milk\nBread **and\nbutter**\n\n- one\n  two\n\n`a\nb`');
  expect(html.match(/<br\/>/g)).toHaveLength(3);
  expect(words(html)).toContain('Milk\nBread and\nbutter');
});

test('what Markdown means is shown', () => {
  const html = show('# One\n\n**b** *i* ~~s~~ `c` www.example.org\n\n- [x] done\n\n|a|\n|-|\n|1|');
  for (const part of [
    '<h3',
    '</strong>',
    '</em>',
    '</del>',
    '</code>',
    'href="http://www.example.org"',
    'checked',
    '<td',
  ])
    expect(html).toContain(part);
});

test('a picture that is a link leads where the link does', () => {
  const html = show('[![build](https://badges.example/b.svg)](https://ci.example/loci)');
  expect(html.match(/<a\b/g)).toHaveLength(1);
  expect(html).toContain('href="https://ci.example/loci"');
  expect(words(html)).toContain('build on badges.example');
});
