import { quantitiesOf } from '../quantities.ts';

export const { count, plural, list, either } = quantitiesOf('en');
