import { actionTexts } from '../actions/action.texts';
import { closingTexts } from '../closing/closing.texts';
import { editingTexts } from '../editing/editing.texts';
import { handedTexts } from '../handed/handed.texts';
import { historyTexts } from '../history/history.texts';
import { mergingTexts } from '../merging/merging.texts';
import { belongingTexts } from '../belonging/belonging.texts';
import { loginTexts } from '../login/login.texts';
import { notificationsTexts } from '../notifications/notifications.texts';
import { outboundTexts } from '../outbound/outbound.texts';
import { shellTexts } from '../shell/shell.texts';
import { shortcutsTexts } from '../shortcuts/shortcuts.texts';
import { transferTexts } from '../transfer/transfer.texts';
import { viewingTexts } from '../viewing/viewing.texts';
import { traysTexts } from '../trays/trays.texts';
import { listTexts } from '../list/list.texts';
import { threadTexts } from '../thread/thread.texts';
import { composerTexts } from '../composer/composer.texts';
import { customerTexts } from '../customer/customer.texts';
import { filesTexts } from '../files/files.texts';
import { voiceTexts } from '../voice/voice.texts';
import { commonTexts } from './common.texts';
import { errorTexts } from './errors.texts';

/** Every feature's texts, by the name under which components ask for them: `useTranslation('list')`. */
export const allTexts = {
  common: commonTexts,
  errors: errorTexts,
  actions: actionTexts,
  closing: closingTexts,
  transfer: transferTexts,
  handed: handedTexts,
  shortcuts: shortcutsTexts,
  login: loginTexts,
  shell: shellTexts,
  viewing: viewingTexts,
  trays: traysTexts,
  list: listTexts,
  thread: threadTexts,
  composer: composerTexts,
  outbound: outboundTexts,
  notifications: notificationsTexts,
  customer: customerTexts,
  editing: editingTexts,
  history: historyTexts,
  merging: mergingTexts,
  belonging: belongingTexts,
  files: filesTexts,
  voice: voiceTexts,
} as const;

export type TextResources = { readonly [N in keyof typeof allTexts]: (typeof allTexts)[N]['es'] };
