import type { Upload } from '@relevo/client';
import { type ReactNode, useEffect, useState } from 'react';
import { kindOf } from './kind';

interface Props {
  readonly upload: Upload;
  readonly fallback: ReactNode;
}

/** A picture as it lies on this device, before anybody has it. */
export function UploadPreview({ upload: { content, mediaType, voice }, fallback }: Props) {
  const isPicture = kindOf({ mediaType, voice }) === 'photo' && content.size > 0;
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!isPicture) return;
    const made = URL.createObjectURL(content);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [content, isPicture]);
  return url === null ? fallback : <img src={url} alt="" onError={() => setUrl(null)} />;
}
