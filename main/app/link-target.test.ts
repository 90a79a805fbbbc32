import { expect, test } from 'vitest';
import { linkTarget, mailHost } from './link-target.ts';

test('web and mail addresses are followed, each by what a person would be asked about', () => {
  expect(linkTarget('https://example.org/a?b#c')).toEqual({
    url: 'https://example.org/a?b#c',
    host: 'example.org',
  });
  expect(linkTarget('HTTP://EXAMPLE.org:8080')).toMatchObject({ host: 'example.org:8080' });
  // As it is, not as it looks: a Cyrillic letter shows.
  expect(linkTarget('https://\u0430pple.com/')).toMatchObject({ host: 'xn--pple-43d.com' });
  expect(linkTarget('mailto:ada@example.org?subject=Hello')).toMatchObject({ host: mailHost });
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'file:///etc/passwd',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'smb://host/share',
  'ms-msdt:/id PCWDiagnostic',
  'loci://capture?text=x',
  'app://loci/',
  'blob:https://example.org/1',
  'https://bank.example@thief.example/',
  'https://',
  '//example.org',
  'example.org',
  '',
])('%s is not followed', (address) => {
  expect(linkTarget(address)).toBeUndefined();
});
