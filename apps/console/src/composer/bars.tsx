import { Button } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useActions } from '../actions/use-actions';
import { useDirectory } from '../session/use-directory';
import classes from './composer.module.css';

export function Bar({ title, hint, action }: { readonly title: string; readonly hint: string; readonly action?: React.ReactNode }) {
  return (
    <div className={classes.bar}>
      <div className={classes.barText}>
        <p className={classes.barTitle}>{title}</p>
        <p className={classes.barHint}>{hint}</p>
      </div>
      {action}
    </div>
  );
}

/** Nobody's, or the bot's: whoever sees it takes it. */
export function ClaimBar({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('composer');
  const { run, isBusy } = useActions(conversation);
  const isBots = conversation.tray === 'bot';
  const action = (
    <Button size="sm" loading={isBusy} onClick={() => void run('claim')}>
      {t('claim')}
    </Button>
  );
  return <Bar title={isBots ? t('botAttends') : t('claimFirst')} hint={isBots ? t('botAttendsHint') : t('claimFirstHint')} action={action} />;
}

/** `maySend`: a supervisor, who steps in. */
export function OthersBar({ conversation: { assigneeId }, maySend }: { readonly conversation: ConversationView; readonly maySend: boolean }) {
  const { t } = useTranslation('composer');
  const { t: thread } = useTranslation('thread');
  const { agents } = useDirectory();
  const name = (assigneeId !== null && agents.get(assigneeId)?.name) || thread('unknownAgent');
  return <Bar title={t('others', { name })} hint={maySend ? t('steppingInHint', { name }) : t('othersHint')} />;
}

/** `action`: what can be done instead. */
export function ClosedBar({ action }: { readonly action: React.ReactNode }) {
  const { t } = useTranslation('composer');
  return (
    <div className={classes.closed}>
      <Bar title={t('closed')} hint={t('closedHint')} action={action} />
    </div>
  );
}
