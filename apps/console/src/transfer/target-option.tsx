import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/avatar';
import { IconCheck, IconUsersGroup } from '../ui/icons';
import { idOf, loadOf, type Target } from './targets';
import classes from './target-list.module.css';

interface Props {
  readonly target: Target;
  readonly optionId: string;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** Who it is, how they stand, and how much they have. */
export function TargetOption({ target, optionId, isActive, isChosen, onChoose }: Props) {
  return (
    // The keys are the search field's, which has the focus.
    <div id={optionId} role="option" className={classes.option} aria-selected={isChosen} data-active={isActive || undefined} data-target={idOf(target)} onClick={onChoose} onPointerDown={(event) => event.preventDefault()}>
      {target.kind === 'agent' ? <AgentLine agent={target.agent} /> : <TeamLine name={target.team.name} online={target.online} />}
      <span className={classes.tick}>{isChosen && <IconCheck size={16} aria-hidden />}</span>
    </div>
  );
}

function AgentLine({ agent }: { readonly agent: Extract<Target, { kind: 'agent' }>['agent'] }) {
  const { t } = useTranslation('transfer');
  const { t: common } = useTranslation('common');
  const { id, name, status, activeCount, capacity } = agent;
  return (
    <>
      <span className={classes.face}>
        <Avatar id={id} name={name} size={30} />
        <span className={classes.dot} data-status={status} />
      </span>
      <span className={classes.name}>{name}</span>
      <span className={classes.status}>{common(status)}</span>
      <span className={classes.load} title={t('loadLong', { active: activeCount, capacity })} data-full={activeCount >= capacity || undefined}>
        <span className={`${classes.count} tabular`}>{t('load', { active: activeCount, capacity })}</span>
        <span className={classes.gauge} aria-hidden>
          <span className={classes.filled} style={{ width: `${loadOf(agent) * 100}%` }} />
        </span>
      </span>
    </>
  );
}

function TeamLine({ name, online }: { readonly name: string; readonly online: number }) {
  const { t } = useTranslation('transfer');
  return (
    <>
      <span className={classes.team} aria-hidden>
        <IconUsersGroup size={17} stroke={1.7} />
      </span>
      <span className={classes.name}>{name}</span>
      <span className={classes.status}>{t('teamOnline', { count: online })}</span>
      <span className={classes.load} />
    </>
  );
}
