import type { AttachmentView } from '@relevo/contracts';
import { errorOf } from '@relevo/client';
import { useState } from 'react';
import { useRelevo } from '../session/relevo-context';

export interface Download {
  readonly start: () => void;
  readonly isBusy: boolean;
  /** Why it could not be had; `NOT_FOUND` when it is gone. */
  readonly failure: string | null;
}

/** Saves a file on the device, by a link that is asked for when it is wanted. */
export function useDownload({ id, name }: Pick<AttachmentView, 'id' | 'name'>): Download {
  const { fileLinks } = useRelevo();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const anchor = document.createElement('a');
      anchor.href = await fileLinks.of(id);
      anchor.download = name;
      anchor.click();
    } catch (error) {
      setFailure(errorOf(error).code);
    } finally {
      setBusy(false);
    }
  };
  return { start: () => void run(), isBusy, failure };
}
