import type { ConversationView } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { timeLeft } from '../i18n/durations';
import { useWhen } from '../i18n/use-when';
import { useDirectory } from '../session/use-directory';
import { useNow } from '../ui/now';
import { TagPills } from '../ui/tag-pills';
import classes from './customer-panel.module.css';

/** Of the conversation that is open: whose it is, since when, and until when. */
export function ConversationFacts({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('customer');
  const { t: common } = useTranslation('common');
  const { teams, agents, channels, tags } = useDirectory();
  const when = useWhen();
  const { channelId, teamId, assigneeId, openedAt, closesAt, tagIds } = conversation;
  const left = useNow((now) => (closesAt === null ? null : timeLeft(Math.max(0, Date.parse(closesAt) - now))));
  const facts = [
    [t('channel'), channels.get(channelId)?.name ?? ''],
    [t('team'), teamId === null ? t('noTeam') : (teams.get(teamId)?.name ?? '')],
    [t('assignee'), assigneeId === null ? common('nobody') : (agents.get(assigneeId)?.name ?? '')],
    [t('opened'), when.full(openedAt)],
    ...(left === null ? [] : [[t('closes'), left]]),
  ];
  return (
    <section className={classes.section} aria-label={t('thisConversation')}>
      <h3 className={classes.heading}>{t('thisConversation')}</h3>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {tagIds.length > 0 && (
        <div className={classes.tags}>
          <TagPills tags={tagIds.flatMap((id) => tags.get(id) ?? [])} />
        </div>
      )}
    </section>
  );
}
