import { Button } from '@mantine/core';
import { isEditable, type PendingEntry } from '@relevo/client';
import type { ConversationView, Entry } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe, useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { useStore } from '../ui/use-store';
import { Bubble } from './bubble';
import classes from './pending-bubble.module.css';

interface Props {
  readonly pending: PendingEntry;
  readonly conversation: ConversationView;
  readonly lastSeq: number;
}

/** Written, and not in the timeline yet: on its way, waiting for the connection, or refused, with what to do about it. */
export function PendingBubble({ pending, conversation, lastSeq }: Props) {
  const { t } = useTranslation('thread');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const relevo = useRelevo();
  const link = useStore(relevo.connection);
  const state = pending.state === 'refused' ? null : <span>{link.status === 'live' ? t('pending') : t('waitingConnection')}</span>;
  return (
    <div className={classes.pending} data-pending={pending.state}>
      <Bubble
        kind={pending.kind}
        side="ours"
        author={{ id: me.id, name: common('you') }}
        startsGroup
        isOwn
        text={pending.text}
        at={pending.at}
        state={state}
        below={pending.state === 'refused' && <Refused pending={pending} conversation={conversation} lastSeq={lastSeq} />}
      />
    </div>
  );
}

/** Who answered meanwhile, as the refusal tells it. */
function overtakerOf({ refusal }: PendingEntry, own: string): string | undefined {
  const missed = refusal?.details?.entries;
  if (!Array.isArray(missed)) return undefined;
  return (missed as readonly Entry[]).findLast(({ type, actor }) => type === 'message' && actor.kind === 'agent' && actor.id !== own)?.actor.name;
}

function Refused({ pending, lastSeq }: Props) {
  const { t } = useTranslation('thread');
  const { t: composer } = useTranslation('composer');
  const { outbox } = useRelevo();
  const me = useMe();
  const say = useSay();
  const isOvertaken = pending.refusal?.code === 'REPLY_OVERTAKEN';
  const reason = say(pending.refusal?.code ?? 'INTERNAL');
  return (
    <div className={classes.refused} role="alert">
      <p className={classes.reason}>
        {isOvertaken ? composer('overtaken', { name: overtakerOf(pending, me.id) ?? t('unknownAgent') }) : t('sendFailed', { reason })}
        {isOvertaken && <span className={classes.hint}>{composer('overtakenHint')}</span>}
      </p>
      <div className={classes.choices}>
        <Button size="compact-xs" variant="filled" onClick={() => void outbox.retry(pending.commandId, { seenSeq: lastSeq })}>
          {isOvertaken ? composer('sendAnyway') : t('resend')}
        </Button>
        {isEditable(pending) && (
          <Button size="compact-xs" variant="default" onClick={() => void outbox.discard(pending.commandId)}>
            {t('discard')}
          </Button>
        )}
      </div>
    </div>
  );
}
