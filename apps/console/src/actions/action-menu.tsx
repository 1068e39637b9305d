import { ActionIcon, Menu } from '@mantine/core';
import type { ConversationView } from '@relevo/contracts';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../session/relevo-context';
import { useDirectory } from '../session/use-directory';
import { IconArrowBackUp, IconCircleCheck, IconDots, IconHandGrab, IconInbox, IconMail, IconMailOpened, IconTag, IconTransfer } from '../ui/icons';
import { type Action, applicable } from './applicable';
import classes from './action-menu.module.css';
import { useActions } from './use-actions';

const icons: Readonly<Record<Action, ComponentType<{ size: number; stroke: number }>>> = {
  claim: IconHandGrab,
  markRead: IconMailOpened,
  markUnread: IconMail,
  transfer: IconTransfer,
  release: IconInbox,
  close: IconCircleCheck,
  undo: IconArrowBackUp,
};

interface Props {
  readonly conversation: ConversationView;
  readonly className?: string;
}

/** What can be done with a conversation, and nothing that cannot. */
export function ActionMenu({ conversation, className }: Props) {
  const { t } = useTranslation('actions');
  const { t: common } = useTranslation('common');
  const name = conversation.customer.name || common('unnamedCustomer');
  return (
    <Menu position="bottom-end" withinPortal width={220}>
      <Menu.Target>
        <ActionIcon size={24} className={className} aria-label={t('actions', { name })} data-actions>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItems conversation={conversation} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Apart, so that it is worked out for the one menu that is open. */
function ActionItems({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('actions');
  const me = useMe();
  const { run } = useActions(conversation);
  return (
    <>
      {[...applicable(conversation, me, Date.now())].map((action) => {
        const Icon = icons[action];
        return (
          <Menu.Item key={action} data-action={action} leftSection={<Icon size={16} stroke={1.7} />} onClick={() => void run(action)}>
            {t(action)}
          </Menu.Item>
        );
      })}
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item leftSection={<IconTag size={16} stroke={1.7} />}>{t('tags')}</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          <TagItems conversation={conversation} />
        </Menu.Sub.Dropdown>
      </Menu.Sub>
    </>
  );
}

/** All of the workspace's, the ones on it ticked; archived ones only to be taken off. */
export function TagItems({ conversation }: { readonly conversation: ConversationView }) {
  const { t } = useTranslation('actions');
  const { tags } = useDirectory();
  const { toggleTag } = useActions(conversation);
  const { tagIds } = conversation;
  const shown = [...tags.values()].filter(({ id, archived }) => !archived || tagIds.includes(id)).toSorted((a, b) => a.name.localeCompare(b.name));
  if (shown.length === 0) return <Menu.Item disabled>{t('noTags')}</Menu.Item>;
  return shown.map((tag) => (
    <Menu.CheckboxItem
      key={tag.id}
      checked={tagIds.includes(tag.id)}
      rightSection={<span className={classes.dot} style={{ background: tag.color }} />}
      onChange={() => void toggleTag(tag.id)}
    >
      {tag.name}
    </Menu.CheckboxItem>
  ));
}
