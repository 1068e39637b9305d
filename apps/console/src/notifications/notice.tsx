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

/** What comes into one's hands, and is no news once it left them. */
export const handovers: readonly Topic[] = ['assigned', 'transferred'];
/** What no list and no counter shows by itself. A customer's message, or one more in the queue, they do. */
const noticed: readonly Topic[] = ['mention', ...handovers];

const idOf = (conversationId: string, topic: Topic): string => `news-${conversationId}-${topic}`;

/** Of these topics, all unless told. */
export function hideNotices(conversationId: string, topics = noticed): void {
  for (const topic of topics) notifications.hide(idOf(conversationId, topic));
}

/** In the page, for whoever has no notifications of the browser's: of a conversation one a topic. A mention leaves no other trace, and stays until it is closed. */
export function showNotice({ conversationId, topic, title, body, open, close, onOpen }: Notice): void {
  if (!noticed.includes(topic)) return;
  hideNotices(conversationId, [topic]);
  const message = (
    <Group justify="space-between" wrap="nowrap" data-news-of={conversationId}>
      <span>{body}</span>
      <Button variant="light" onClick={onOpen}>
        {open}
      </Button>
    </Group>
  );
  notifications.show({ id: idOf(conversationId, topic), title, message, autoClose: topic === 'mention' ? false : longestMs, closeButtonProps: { 'aria-label': close } });
}
