import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Topic } from './news';

interface Notice {
  readonly conversationId: string;
  readonly topic: Topic;
  readonly title: string;
  readonly body: string;
  /** Of the buttons. */
  readonly open: string;
  readonly close: string;
  readonly onOpen: () => void;
}

const longestMs = 10_000;

/** What no list and no counter shows by itself. A customer's message, or one more in the queue, they do. */
const noticed: readonly Topic[] = ['mention', 'assigned', 'transferred'];

const idOf = (conversationId: string): string => `news-${conversationId}`;

export const hideNotice = (conversationId: string): void => void notifications.hide(idOf(conversationId));

/** In the page, for whoever has no notifications of the browser's: by conversation. A mention leaves no other trace, and stays until it is closed. */
export function showNotice({ conversationId, topic, title, body, open, close, onOpen }: Notice): void {
  if (!noticed.includes(topic)) return;
  hideNotice(conversationId);
  const message = (
    <Group justify="space-between" wrap="nowrap" data-news-of={conversationId}>
      <span>{body}</span>
      <Button variant="light" onClick={onOpen}>
        {open}
      </Button>
    </Group>
  );
  notifications.show({ id: idOf(conversationId), title, message, autoClose: topic === 'mention' ? false : longestMs, closeButtonProps: { 'aria-label': close } });
}
