import { useLayoutEffect } from 'react';
import { useSettings } from '../api/settings.ts';

/** Light or dark where a person chose; otherwise the stylesheet follows the system by itself. */
export function useChosenTheme(): void {
  const { 'appearance.theme': theme } = useSettings();
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
