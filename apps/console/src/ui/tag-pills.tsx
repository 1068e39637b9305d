import type { TagView } from '@relevo/contracts';
import classes from './tag-pills.module.css';

/** Its colour is a dot beside the name: any colour that an admin chooses stays readable. */
export const TagPill = ({ tag }: { readonly tag: TagView }) => (
  <span className={classes.pill}>
    <span className={classes.dot} style={{ background: tag.color }} aria-hidden />
    <span className={classes.name}>{tag.name}</span>
  </span>
);

export const TagPills = ({ tags }: { readonly tags: readonly TagView[] }) => tags.map((tag) => <TagPill key={tag.id} tag={tag} />);
