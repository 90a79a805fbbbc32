import { opened } from '../../components/opened.ts';

export const tourShown = opened();
export const openTour = tourShown.open;
