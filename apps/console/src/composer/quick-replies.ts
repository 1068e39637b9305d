import type { CustomerView, QuickReplyView } from '@relevo/contracts';
import { plain } from '../ui/plain';
import type { Typed } from '../ui/use-choice';

/** A `/word` that is being typed: at the caret, at the beginning of the text or after a space: an address or a fraction is none. */
export function slashAt(text: string, caret: number): Typed | null {
  const before = text.slice(0, caret);
  const found = /(?:^|\s)\/([\p{L}\p{N}\p{M}-]*)$/u.exec(before);
  return found ? { start: before.length - (found[1]?.length ?? 0) - 1, typed: found[1] ?? '' } : null;
}

/** Those whose shortcut begins so, then those that say it; none that is archived. */
export function matching(replies: Iterable<QuickReplyView>, typed: string, most = 8): readonly QuickReplyView[] {
  const wanted = plain(typed);
  const rank = ({ shortcut, text }: QuickReplyView): number => {
    if (plain(shortcut).startsWith(wanted)) return 0;
    return plain(shortcut).includes(wanted) || plain(text).includes(wanted) ? 1 : 2;
  };
  return [...replies]
    .filter((reply) => !reply.archived && rank(reply) < 2)
    .toSorted((a, b) => rank(a) - rank(b) || a.shortcut.localeCompare(b.shortcut))
    .slice(0, most);
}

export interface Values {
  readonly customer: Pick<CustomerView, 'name' | 'attributes'> | null;
  readonly agentName: string;
}

/** With what is known in place of `{{…}}`. What is not known stays as it is: whoever sends it sees what is missing. */
export function filledIn(text: string, { customer, agentName }: Values): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/gu, (whole, name: string) => {
    if (name === 'agent.name') return agentName;
    if (name === 'customer.name') return customer?.name || whole;
    const key = /^customer\.([a-z][a-z0-9_]*)$/.exec(name)?.[1];
    const value = key !== undefined && customer && Object.hasOwn(customer.attributes, key) ? customer.attributes[key]?.value : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}
