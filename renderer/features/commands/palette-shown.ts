import { opened } from '../../components/opened.ts';

export const palette = opened();
export const openPalette = palette.open;
