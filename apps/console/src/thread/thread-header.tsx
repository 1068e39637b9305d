import { ActionIcon, Button } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '../actions/action-menu';
import { applicable } from '../actions/applicable';
import { useActions } from '../actions/use-actions';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { Viewers } from '../viewing/viewers';
import { Avatar } from '../ui/avatar';
import { IconArrowLeft, IconCircleCheck, IconHandGrab, IconLayoutSidebarRight, IconTransfer } from '../ui/icons';
import classes from './thread-header.module.css';

interface Props {
  readonly conversation: ConversationView;
  readonly onBack: (() => void) | undefined;
  readonly onToggleCustomer: () => void;
  readonly isCustomerShown: boolean;
  /** What else is done from here, before the menu. */
  readonly children?: ReactNode;
}

export function ThreadHeader({ conversation, onBack, onToggleCustomer, isCustomerShown, children }: Props) {
  const { t } = useTranslation('thread');
  const { t: shell } = useTranslation('shell');
  const { t: common } = useTranslation('common');
  const { t: list } = useTranslation('list');
  const me = useMe();
  const { channels, agents, teams } = useDirectory();
  const { run, isBusy } = useActions(conversation);
  const { customer, assigneeId, teamId, tray, status, number } = conversation;
  const name = customer.name || common('unnamedCustomer');
  const may = applicable(conversation, me, 0);

  const who = (): string => {
    if (status === 'closed') return list('closed');
    if (assigneeId === me.id) return t('ownAssignee');
    if (assigneeId !== null) return t('assignee', { name: agents.get(assigneeId)?.name ?? t('unknownAgent') });
    return tray === 'bot' ? t('botAssignee') : common('nobody');
  };
  const facts = [channels.get(conversation.channelId)?.name, teamId === null ? undefined : teams.get(teamId)?.name, who(), list('number', { number })].filter((fact) => fact !== undefined);

  return (
    <header className={classes.header}>
      {onBack && (
        <ActionIcon aria-label={shell('back')} onClick={onBack}>
          <IconArrowLeft size={18} />
        </ActionIcon>
      )}
      <span className={classes.face}>
        <Avatar id={customer.id} name={name} size={34} />
      </span>
      <div className={classes.names}>
        <h1 className={classes.name}>{name}</h1>
        <p className={classes.facts}>{facts.join(' · ')}</p>
      </div>
      <Viewers key={`viewers-${conversation.id}`} conversationId={conversation.id} />
      {may.has('claim') && (
        <Button leftSection={<IconHandGrab size={15} />} loading={isBusy} onClick={() => void run('claim')}>
          {t('claim')}
        </Button>
      )}
      {may.has('transfer') && (
        <Button variant="default" className={classes.spare} leftSection={<IconTransfer size={15} />} onClick={() => void run('transfer')}>
          {t('transfer')}
        </Button>
      )}
      {may.has('close') && (
        <Button variant="default" classNames={{ root: classes.terse, section: classes.icon }} leftSection={<IconCircleCheck size={15} />} title={t('close')} loading={isBusy} onClick={() => void run('close')}>
          <span className={classes.words}>{t('close')}</span>
        </Button>
      )}
      {children}
      <ActionMenu conversation={conversation} />
      <ActionIcon aria-label={shell(isCustomerShown ? 'hideCustomer' : 'showCustomer')} title={shell(isCustomerShown ? 'hideCustomer' : 'showCustomer')} aria-pressed={isCustomerShown} onClick={onToggleCustomer}>
        <IconLayoutSidebarRight size={18} stroke={1.7} />
      </ActionIcon>
    </header>
  );
}
