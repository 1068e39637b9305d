import type { AttachmentView } from '@relevo/contracts';
import { createContext, useContext } from 'react';

/** Opens a picture large, among all that are loaded of its conversation. */
export type OpenPhoto = (attachment: AttachmentView) => void;

export const ViewerContext = createContext<OpenPhoto | null>(null);

export function useOpenPhoto(): OpenPhoto {
  const open = useContext(ViewerContext);
  if (!open) throw new Error('There is no ViewerProvider around it');
  return open;
}
