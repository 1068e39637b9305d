import { isDeepStrictEqual } from 'node:util';
import type { AgentSettings, ChangeSettings } from '@relevo/contracts';

export type SettingsChange = Omit<ChangeSettings, 'commandId'>;

/** The settings after a change; what it leaves out is as before. Null when nothing would differ. */
export function changedSettings(before: AgentSettings, change: SettingsChange): AgentSettings | null {
  const { markReadOn = before.markReadOn, locale = before.locale, sendKey = before.sendKey, list = before.list } = change;
  const after: AgentSettings = { markReadOn, locale, sendKey, notifications: { ...before.notifications, ...change.notifications }, list: change.list === null ? null : list };
  return isDeepStrictEqual(after, before) ? null : after;
}
