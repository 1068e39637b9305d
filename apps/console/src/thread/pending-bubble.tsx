import { filesOf, type PendingEntry, waitsForFiles } from '@relevo/client';
import { useTranslation } from 'react-i18next';
import { PendingFiles } from '../files/pending-files';
import { useMe, useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import { Bubble } from './bubble';
import classes from './pending-bubble.module.css';
import { Discard, Refused } from './refused';

interface Props {
  readonly pending: PendingEntry;
  readonly lastSeq: number;
}

/** Written, and not in the timeline yet: on its way, waiting for the connection, or refused, with what to do about it. */
export function PendingBubble({ pending, lastSeq }: Props) {
  const { t } = useTranslation('thread');
  const { t: files } = useTranslation('files');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const relevo = useRelevo();
  const link = useStore(relevo.connection);
  const words = (): string => {
    if (link.status !== 'live') return t('waitingConnection');
    return waitsForFiles(pending) ? files('waitsForFiles') : t('pending');
  };
  const state = pending.state === 'refused' ? null : <span>{words()}</span>;
  return (
    <div className={classes.pending} data-pending={pending.state}>
      <Bubble
        kind={pending.kind}
        side="ours"
        author={{ id: me.id, name: common('you') }}
        startsGroup
        isOwn
        text={pending.text}
        mentions={pending.kind === 'note' ? pending.mentions : undefined}
        at={pending.at}
        files={filesOf(pending).length > 0 && <PendingFiles pending={pending} />}
        state={state}
        below={pending.state === 'refused' ? <Refused pending={pending} lastSeq={lastSeq} /> : waitsForFiles(pending) && <Discard pending={pending} />}
      />
    </div>
  );
}
