import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import './button.css';

interface ButtonProps extends ComponentProps<'button'> {
  /** `quiet` for those that stand in every row of a list, `danger` for what cannot be taken back. */
  readonly tone?: 'plain' | 'quiet' | 'primary' | 'danger';
  readonly icon?: LucideIcon | undefined;
}

export function Button({ tone = 'plain', icon: Icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button--${tone} ${className}`.trimEnd()} {...rest}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      {children}
    </button>
  );
}
