import { errorOf, type RelevoErrorCode } from '@relevo/client';
import type { AttachmentVariant } from '@relevo/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useRelevo } from '../session/relevo-context';

export interface FileLinkState {
  readonly url: string | null;
  /** Why there is none. */
  readonly failure: RelevoErrorCode | null;
}

export interface FileLinkInHand extends FileLinkState {
  /** It could not be followed: it may have ended. Asks for another once; what cannot be followed anew is given up. */
  readonly fail: () => void;
  /** It was followed. */
  readonly succeed: () => void;
}

/** Where a picture finds a file, while it is shown; a link that ended renews itself. */
export function useFileLink(attachmentId: string, variant: AttachmentVariant = 'content'): FileLinkInHand {
  const { fileLinks } = useRelevo();
  const [state, setState] = useState<FileLinkState>({ url: null, failure: null });
  const [tries, setTries] = useState(0);
  const failures = useRef(0);

  useEffect(() => {
    let isWanted = true;
    fileLinks.of(attachmentId, variant).then(
      (url) => isWanted && setState({ url, failure: null }),
      (error: unknown) => isWanted && setState({ url: null, failure: errorOf(error).code }),
    );
    return () => {
      isWanted = false;
    };
  }, [fileLinks, attachmentId, variant, tries]);

  const fail = useCallback(() => {
    failures.current += 1;
    fileLinks.doubt(attachmentId, variant);
    if (failures.current > 1) setState({ url: null, failure: 'UNSUPPORTED_MEDIA' });
    else setTries((count) => count + 1);
  }, [fileLinks, attachmentId, variant]);
  const succeed = useCallback(() => {
    failures.current = 0;
  }, []);
  return { ...state, fail, succeed };
}
