import { expect, test } from 'vitest';
import { captureLinkIn, textOfCaptureLink } from './capture-link.ts';

test('a link brings its text as it was meant', () => {
  const text = 'Roses & <b>basil</b>\n“50 %” + more 🌹';
  expect(textOfCaptureLink(`loci://capture?text=${encodeURIComponent(text)}`)).toBe(text);
  expect(textOfCaptureLink('loci://capture/?text=Roses+and+basil')).toBe('Roses and basil');
  expect(textOfCaptureLink('loci:capture?text=Roses')).toBe('Roses');
  expect(textOfCaptureLink('LOCI://capture?text=Roses&text=Basil&x=1')).toBe('Roses');
});

test.each([
  'loci://capture',
  'loci://capture?text=',
  'loci://capture?text=%20%0a%e2%80%8b',
  'loci://delete?text=all',
  'https://capture?text=x',
  'loci://capture?TEXT=x',
  'not an address',
  `loci://capture?text=${'x'.repeat(100_001)}`,
])('%.40s brings nothing', (address) => {
  expect(textOfCaptureLink(address)).toBeUndefined();
});

test('is found among the arguments that the browser of the system adds', () => {
  expect(captureLinkIn(['/opt/loci', '--allow-file-access', 'loci://capture?text=x'])).toBe(
    'loci://capture?text=x',
  );
  expect(captureLinkIn(['/opt/loci', '--loci:x', '/home/loci:y'])).toBeUndefined();
});
