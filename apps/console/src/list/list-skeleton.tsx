import { Skeleton } from '@mantine/core';
import classes from './conversation-row.module.css';

const rows = [62, 48, 70, 55, 40, 66, 52];

/** The shape of what comes, so that nothing jumps when it is there. */
export const ListSkeleton = () => (
  <div aria-hidden>
    {rows.map((width) => (
      <div key={width} className={classes.skeleton}>
        <Skeleton circle height={34} width={34} />
        <div className={classes.skeletonLines}>
          <Skeleton height={11} width={`${width}%`} />
          <Skeleton height={9} width={`${Math.min(95, width + 25)}%`} />
          <Skeleton height={9} width={`${width - 20}%`} />
        </div>
      </div>
    ))}
  </div>
);
