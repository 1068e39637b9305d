import type { Timeline } from '@relevo/client';
import type { AttachmentView } from '@relevo/contracts';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../ui/use-store';
import { isPhoto } from './kind';
import { ViewerContext } from './viewer-context';

const Viewer = lazy(async () => ({ default: (await import('./viewer')).Viewer }));

interface Props {
  readonly timeline: Timeline;
  readonly children: ReactNode;
}

/** Shows a conversation's pictures large, as many as are loaded. The large view itself is loaded when it is first wanted. */
export function ViewerProvider({ timeline, children }: Props) {
  const { entries } = useStore(timeline);
  const photos = useMemo(() => entries.flatMap((entry) => (entry.type === 'message' ? entry.data.attachments.filter(isPhoto) : [])), [entries]);
  const [shown, setShown] = useState<string | null>(null);
  /** Had the focus when it was opened, and has it again afterwards. */
  const opener = useRef<Element | null>(null);
  const open = useCallback(({ id }: AttachmentView) => {
    opener.current = document.activeElement;
    setShown(id);
  }, []);
  useEffect(() => {
    if (shown === null && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  }, [shown]);
  return (
    <ViewerContext value={open}>
      {children}
      {shown !== null && (
        <Suspense fallback={null}>
          <Viewer photos={photos} shown={shown} onShow={setShown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </ViewerContext>
  );
}
