import type { ConversationView, FoundBy } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { useMe, useRelevo } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { Marked } from '../ui/marked';
import { useStore } from '../ui/use-store';
import classes from './last-message-line.module.css';
import { useFirstName, useSpeaker } from './use-speaker';

interface Props {
  readonly conversation: ConversationView;
  readonly found: FoundBy;
}

/** What a search found the conversation by, in place of its last message. */
export function FoundLine({ conversation, found }: Props) {
  const { t } = useTranslation('list');
  const whereOf = useWhere(conversation);
  if (found.in === 'number') {
    const text = t('number', { number: conversation.number });
    return (
      <span className={classes.line} data-found={found.in}>
        <Marked text={text} marks={[{ from: 0, to: text.length }]} />
      </span>
    );
  }
  const where = whereOf(found);
  return (
    <span className={classes.line} data-found={found.in}>
      {where !== null && <span className={classes.who}>{where} </span>}
      <Marked text={found.text} marks={found.marks} />
    </span>
  );
}

/** Where it stands, or who said it. */
function useWhere({ channelId }: ConversationView): (found: FoundBy) => string | null {
  const { t } = useTranslation('list');
  const me = useMe();
  const definitions = useStore(useRelevo().directory.attributes);
  const { channels } = useDirectory();
  const speaker = useSpeaker();
  const firstName = useFirstName();
  return ({ in: place, actor, key = '' }) => {
    switch (place) {
      case 'message':
        return actor ? speaker(actor) : null;
      case 'note':
        return actor?.id === me.id ? t('foundOwnNote') : t('foundNote', { name: firstName(actor?.id) });
      case 'transfer':
        return t('foundTransfer');
      case 'file':
        return t('foundFile');
      case 'name':
        return t('foundName');
      case 'former-name':
        return t('foundFormerName');
      case 'identity':
        return t('foundIdentity', { channel: channels.get(channelId)?.name ?? '' });
      case 'attribute':
        return t('foundAttribute', { label: definitions.get(key)?.label ?? key });
      case 'tag':
        return t('foundTag');
      case 'number':
        return null;
    }
    // Newer gateways may find in more places than are known here.
    return null;
  };
}
