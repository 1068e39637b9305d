/** One for each aspect; what each does stands in `inside-conversations.ts`. */
export const faults = ['assignee', 'unread', 'waiting', 'order', 'trays', 'counters', 'visibility'] as const;
export type Fault = (typeof faults)[number];
