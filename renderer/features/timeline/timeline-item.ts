import { ChartNoAxesColumn } from 'lucide-react';
import { textsNow } from '../../../shared/texts/index.ts';
import type { MenuItem } from '../../components/menu-items.tsx';
import { timeline } from '../browse/list-settings.ts';

/** Shows it above all lists, or puts it away. */
export const timelineItem = (isShown: boolean): MenuItem => ({
  key: 'timeline',
  label: isShown ? textsNow().timeline.hide : textsNow().timeline.show,
  icon: ChartNoAxesColumn,
  run: () => timeline.choose(isShown ? 'hidden' : 'shown'),
});
