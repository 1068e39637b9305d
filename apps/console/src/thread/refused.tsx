import { Button } from '@mantine/core';
import { filesOf, isEditable, type PendingEntry, waitsForFiles } from '@relevo/client';
import type { Entry } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useFileRefusal } from '../files/use-upload-words';
import { useMe, useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { useSay } from '../session/use-say';
import classes from './pending-bubble.module.css';
import { blindIn } from './blind';

interface Props {
  readonly pending: PendingEntry;
  readonly lastSeq: number;
}

/** Who answered meanwhile, as the refusal tells it. */
function overtakerOf({ refusal }: PendingEntry, own: string): string | undefined {
  const missed = refusal?.details?.entries;
  if (!Array.isArray(missed)) return undefined;
  return (missed as readonly Entry[]).findLast(({ type, actor }) => type === 'message' && actor.kind === 'agent' && actor.id !== own)?.actor.name;
}

/** Why it was not sent, and what can be done about it. */
export function Refused({ pending, lastSeq }: Props) {
  const { t } = useTranslation('thread');
  const { t: composer } = useTranslation('composer');
  const { outbox } = useRelevo();
  const me = useMe();
  const say = useSay();
  const sayOfFile = useFileRefusal();
  const { t: files } = useTranslation('files');
  const refusal = pending.refusal ?? { code: 'INTERNAL', message: '' };
  const isOfFile = waitsForFiles(pending);
  const isLeft = pending.text.trim() !== '' || filesOf(pending).some(({ attachment }) => attachment);
  const blind = blindIn(pending);
  const isOvertaken = pending.refusal?.code === 'REPLY_OVERTAKEN';
  return (
    <div className={classes.refused} role="alert">
      {pending.kind === 'note' && blind.length > 0 ? (
        <Blind pending={pending} blind={blind} />
      ) : (
        <>
          <p className={classes.reason}>
            {isOvertaken ? composer('overtaken', { name: overtakerOf(pending, me.id) ?? t('unknownAgent') }) : t('sendFailed', { reason: isOfFile ? sayOfFile(refusal) : say(refusal.code) })}
            {isOvertaken && <span className={classes.hint}>{composer('overtakenHint')}</span>}
          </p>
          <div className={classes.choices}>
            {refusal.code !== 'FILE_LOST' && (
              <Button size="compact-xs" variant="filled" onClick={() => void outbox.retry(pending.commandId, { seenSeq: lastSeq })}>
                {isOvertaken ? composer('sendAnyway') : t('resend')}
              </Button>
            )}
            {isOfFile && isLeft && (
              <Button size="compact-xs" variant="default" onClick={() => void outbox.leaveOutFiles(pending.commandId)}>
                {files('sendWithout')}
              </Button>
            )}
            <Discard pending={pending} />
          </div>
        </>
      )}
    </div>
  );
}

/** Somebody was named who may not see the conversation by now: the note stands, and is saved without calling them. */
function Blind({ pending, blind }: { readonly pending: Extract<PendingEntry, { kind: 'note' }>; readonly blind: readonly string[] }) {
  const { t, i18n } = useTranslation('thread');
  const { outbox } = useRelevo();
  const { agents } = useDirectory();
  const count = blind.length;
  const names = new Intl.ListFormat(i18n.language).format(blind.map((id) => agents.get(id)?.name ?? t('unknownAgent')));
  const mentions = pending.mentions.filter((id) => !blind.includes(id));
  return (
    <>
      <p className={classes.reason}>
        {t('blind', { count, names })}
        <span className={classes.hint}>{t('blindHint')}</span>
      </p>
      <div className={classes.choices}>
        <Button size="compact-xs" variant="filled" onClick={() => void outbox.edit(pending.commandId, pending.text, { mentions })}>
          {t('saveWithout', { count, names })}
        </Button>
        <Discard pending={pending} />
      </div>
    </>
  );
}

export function Discard({ pending }: { readonly pending: PendingEntry }) {
  const { t } = useTranslation('thread');
  const { outbox } = useRelevo();
  return (
    isEditable(pending) && (
      <Button size="compact-xs" variant="default" onClick={() => void outbox.discard(pending.commandId)}>
        {t('discard')}
      </Button>
    )
  );
}
