import { clockText } from '@relevo/client/sound';
import type { LastMessage } from '@relevo/contracts';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../files/kind';

/** A conversation's last message in one line: its text, and what its files are. */
export function useLastWords(): (message: LastMessage | null) => string {
  const { t } = useTranslation('list');
  const { t: files } = useTranslation('files');
  return (message) => {
    if (!message) return t('noMessages');
    const { text, files: last } = message;
    if (!last) return text === '' ? t('attachment') : text;
    const what = last.voiceMs === undefined ? files(kindOf({ mediaType: last.mediaType })) : `${files('voice')} ${clockText(last.voiceMs)}`;
    const named = last.count > 1 ? `${what} +${last.count - 1}` : what;
    return text === '' ? named : `${named} · ${text}`;
  };
}
