import { type CustomerMessage } from '@relevo/start';

let made = 0;

/** A customer's message that nobody sent before, by a customer of its own unless one is given. */
export function aMessage(given: Partial<CustomerMessage> = {}): CustomerMessage {
  const number = `${process.pid}-${++made}`;
  return { from: `customer-${number}`, text: `Message ${number}`, externalMessageId: `message-${number}`, ...given };
}

/** Messages of one customer, in the order in which they are to be read. */
export function messagesOf(from: string, count: number): CustomerMessage[] {
  return Array.from({ length: count }, (_, index) => aMessage({ from, text: `${from} writes ${index + 1} of ${count}` }));
}
