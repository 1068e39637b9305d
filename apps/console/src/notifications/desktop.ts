import { Cell, type Store } from '@relevo/client';

/** `unsupported`: not by this browser, or not for a page that came over plain HTTP. */
export type Permission = NotificationPermission | 'unsupported';

let cannotShow = false;

/** Some browsers know notifications, and let only a service worker show them: they say so when one is made. */
function canShow(): boolean {
  return !cannotShow && 'Notification' in globalThis && isSecureContext;
}

const permissionNow = (): Permission => (canShow() ? Notification.permission : 'unsupported');

const cell = new Cell<Permission>(permissionNow());
const look = (): void => cell.set(permissionNow());

/** What the browser allows, as it is now: people change it outside of the page too. */
export const permission: Store<Permission> = cell;

export function watchPermission(signal: AbortSignal): void {
  addEventListener('focus', look, { signal });
  if (!canShow()) return;
  navigator.permissions
    .query({ name: 'notifications' })
    .then((status) => status.addEventListener('change', look, { signal }))
    // Then it is seen with the next focus.
    .catch(() => undefined);
}

/** To be called by a click, and by nothing else. */
export async function askPermission(): Promise<Permission> {
  if (canShow()) await Notification.requestPermission();
  look();
  return permissionNow();
}

interface Notice {
  readonly conversationId: string;
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly onOpen: () => void;
}

/** By conversation: another one of the same takes its place. */
const shown = new Map<string, Notification>();

export function takeDown(conversationId: string): void {
  shown.get(conversationId)?.close();
  shown.delete(conversationId);
}

/** Silent: whether there is a sound is the agent's choice here, not the system's. */
export function putUp({ conversationId, title, body, lang, onOpen }: Notice): void {
  if (permissionNow() !== 'granted') return;
  takeDown(conversationId);
  try {
    const notification = new Notification(title, { body, lang, tag: conversationId, silent: true });
    notification.addEventListener('click', () => {
      window.focus();
      takeDown(conversationId);
      onOpen();
    });
    shown.set(conversationId, notification);
  } catch {
    cannotShow = true;
    look();
  }
}
