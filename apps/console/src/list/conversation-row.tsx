import type { ConversationView, FoundBy } from '@relevo/contracts';
import { memo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionMenu } from '../actions/action-menu';
import { isUnread } from '../actions/applicable';
import { useAddresses } from '../filters/use-view';
import { handoverTo } from '../handed/handed';
import { HandedLine } from '../handed/handed-line';
import { unseenMentions } from '../mentions/unseen';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { Avatar } from '../ui/avatar';
import { IconAt } from '../ui/icons';
import { Marked } from '../ui/marked';
import { TagPills } from '../ui/tag-pills';
import classes from './conversation-row.module.css';
import { FoundLine } from './found-line';
import { LastMessageLine } from './last-message-line';
import { saidIn } from './said-in';
import { ClosingSoon, WaitingTime } from './row-times';

interface Props {
  readonly conversation: ConversationView;
  /** By what a search found it. */
  readonly found: FoundBy | undefined;
  /** It has left the list, and goes when the list may move. */
  readonly isGone: boolean;
  readonly isOpen: boolean;
  /** At the entry in which what was searched for is said. */
  readonly onOpen: (conversationId: string, at: number | null) => void;
}

export const ConversationRow = memo(function ConversationRow({ conversation, found, isGone, isOpen, onOpen }: Props) {
  const { t } = useTranslation('list');
  const { t: common } = useTranslation('common');
  const { of } = useAddresses();
  const me = useMe();
  const { agents, channels, tags } = useDirectory();
  const { id, customer, assigneeId, unread, status, direction } = conversation;
  const name = customer.name || common('unnamedCustomer');
  const assignee = assigneeId === null || assigneeId === me.id ? undefined : agents.get(assigneeId);
  const isNamed = found?.in === 'name' && found.text === name;
  const channel = channels.get(conversation.channelId);
  const at = saidIn(found);

  const open = (event: MouseEvent): void => {
    // Another tab is the browser's own business.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(id, at);
  };

  return (
    <article className={classes.row} data-open-now={isOpen || undefined} data-gone={isGone || undefined} data-unread={isUnread(conversation) || undefined} data-conversation={id}>
      <Link to={of(id, at)} className={classes.link} data-open onClick={open} aria-current={isOpen ? 'true' : undefined}>
        <Avatar id={customer.id} name={name} size={34} />
        <span className={classes.body}>
          <span className={classes.first}>
            <span className={classes.name} data-customer>
              {isNamed ? <Marked text={name} marks={found.marks} /> : name}
            </span>
            <WaitingTime conversation={conversation} />
          </span>
          <span className={classes.second}>
            <SecondLine conversation={conversation} found={isNamed ? undefined : found} />
            {unseenMentions(conversation, me.id).length > 0 && (
              <span className={classes.mention} role="img" title={t('mentioned')} aria-label={t('mentioned')} data-mentioned>
                <IconAt size={13} stroke={2.4} aria-hidden />
              </span>
            )}
            {unread.count > 0 ? (
              <span className={classes.badge} title={t('unread', { count: unread.count })}>
                {unread.count}
              </span>
            ) : (
              unread.marked && <span className={classes.dot} role="img" title={t('marked')} aria-label={t('marked')} />
            )}
          </span>
          <span className={classes.third}>
            {channel && <span className={classes.meta}>{channel.name}</span>}
            {direction === 'outbound' && <span className={classes.meta} data-short>{t('outbound')}</span>}
            {status === 'closed' && <span className={classes.meta} data-short>{t(conversation.closeReason === 'inactivity' ? 'closedByInactivity' : 'closed')}</span>}
            <ClosingSoon closesAt={conversation.closesAt} />
            {assignee && <span className={classes.assignee}>{assignee.name}</span>}
            <TagPills most={2} tags={conversation.tagIds.flatMap((tagId) => tags.get(tagId) ?? [])} />
          </span>
        </span>
      </Link>
      <ActionMenu conversation={conversation} className={classes.menu} />
    </article>
  );
});

/** What the agent looks for here: what they searched for, what a colleague left them, or the last message. */
function SecondLine({ conversation, found }: Pick<Props, 'conversation' | 'found'>) {
  const handover = handoverTo(conversation, useMe());
  if (found) return <FoundLine conversation={conversation} found={found} />;
  return handover ? <HandedLine handover={handover} toTeam={conversation.assigneeId === null} /> : <LastMessageLine conversation={conversation} />;
}
