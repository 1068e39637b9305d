import type { TagView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import classes from './tag-pills.module.css';

/** Its colour is a dot beside the name: any colour that an admin chooses stays readable. */
const TagPill = ({ tag }: { readonly tag: TagView }) => (
  <span className={classes.pill} title={tag.name}>
    <span className={classes.dot} style={{ background: tag.color }} aria-hidden />
    <span className={classes.name}>{tag.name}</span>
  </span>
);

interface Props {
  readonly tags: readonly TagView[];
  /** Where there is room for no more of them, the others are counted. */
  readonly most?: number;
}

export function TagPills({ tags, most = tags.length }: Props) {
  const { t } = useTranslation('common');
  const others = tags.slice(most).map(({ name }) => name);
  return (
    <>
      {tags.slice(0, most).map((tag) => (
        <TagPill key={tag.id} tag={tag} />
      ))}
      {others.length > 0 && (
        <span className={classes.more} role="img" title={others.join(', ')} aria-label={t('moreTags', { tags: others.join(', ') })}>
          +{others.length}
        </span>
      )}
    </>
  );
}
