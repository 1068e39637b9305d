import { fileLimits, type Refusal, type Upload } from '@relevo/client';
import { useTranslation } from 'react-i18next';
import { useRelevo } from '../session/relevo-context';
import { useSay } from '../session/use-say';
import { useStore } from '../ui/use-store';
import { sizeText } from './sizes';

/** Why a file was refused, in the words of what it is. */
export function useFileRefusal(): (refusal: Refusal) => string {
  const { t, i18n } = useTranslation('files');
  const say = useSay();
  return ({ code, errors = [] }) => {
    if (code === 'PAYLOAD_TOO_LARGE') return t('tooLarge', { size: sizeText(fileLimits.bytes, i18n.language) });
    if (code === 'UNSUPPORTED_MEDIA') return t('disguised');
    if (code === 'FILE_LOST') return t('lost');
    if (code === 'ABORTED') return t('cancelled');
    return code === 'VALIDATION_FAILED' && errors.some(({ path }) => path === 'file') ? t('empty') : say(code);
  };
}

/** How an upload stands. */
export function useUploadWords(): (upload: Upload) => string {
  const { t } = useTranslation('files');
  const { connection } = useRelevo();
  const { status } = useStore(connection);
  const refusalWords = useFileRefusal();
  return ({ state, progress, refusal, delayedBy }) => {
    switch (state) {
      case 'waiting':
        if (status !== 'live') return t('waitingConnection');
        return t(delayedBy === 'RATE_LIMITED' ? 'waitingRoom' : 'waiting');
      case 'uploading':
        return t('uploading', { percent: Math.floor(progress * 100) });
      case 'stored':
        return t('stored');
      case 'cancelled':
        return t('cancelled');
      case 'refused':
        return refusalWords(refusal ?? { code: 'INTERNAL', message: '' });
    }
  };
}
