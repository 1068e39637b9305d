import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
}

/** What stands where there is nothing: why, and what to do about it. */
export const EmptyState = ({ icon, title, hint, action }: Props) => (
  <div className={classes.root}>
    <span className={classes.icon} aria-hidden>
      {icon}
    </span>
    <p className={classes.title}>{title}</p>
    {hint !== undefined && <p className={classes.hint}>{hint}</p>}
    {action}
  </div>
);
