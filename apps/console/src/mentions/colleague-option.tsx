import type { AgentView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/avatar';
import classes from './mentions.module.css';

/** With the address: two may have one name. */
export function ColleagueOption({ agent: { id, name, email, status } }: { readonly agent: AgentView }) {
  const { t } = useTranslation('common');
  return (
    <>
      <Avatar id={id} name={name} size={22} />
      <bdi className={classes.name}>{name}</bdi>
      <span className={classes.email}>{email}</span>
      <span className={classes.status}>{t(status)}</span>
    </>
  );
}
