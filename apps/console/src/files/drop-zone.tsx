import { fileLimits } from '@relevo/client';
import { type ClipboardEvent, type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPaperclip } from '../ui/icons';
import classes from './drop-zone.module.css';
import { filesOffered } from './files-offered';
import { sizeText } from './sizes';

interface Props {
  /** Whoever looks at it may send. */
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

const bringsFiles = ({ dataTransfer }: { readonly dataTransfer: DataTransfer | null }): boolean => dataTransfer?.types.includes('Files') ?? false;

/** A conversation that files can be dropped on and pasted into, wherever in it the focus is. */
export function DropZone({ isOpen, children }: Props) {
  const { t, i18n } = useTranslation('files');
  const [isOver, setOver] = useState(false);
  /** Elements that the pointer is in: it leaves one after it has entered the next. */
  const depth = useRef(0);

  // What misses the zone must not take the page away: browsers open what is dropped on them.
  useEffect(() => {
    const hold = (event: globalThis.DragEvent): void => {
      if (bringsFiles(event)) event.preventDefault();
    };
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', hold);
    return () => {
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', hold);
    };
  }, []);

  const enter = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    depth.current += 1;
    setOver(true);
  };
  const leave = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    depth.current = Math.max(0, depth.current - 1);
    setOver(depth.current > 0);
  };
  const hover = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = isOpen ? 'copy' : 'none';
  };
  const drop = (event: DragEvent): void => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    if (isOpen) filesOffered.send([...event.dataTransfer.files]);
  };
  const paste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (!isOpen || files.length === 0) return;
    // Office programs put a picture of what was copied beside the text itself.
    if (event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    filesOffered.send(files);
  };

  return (
    <div className={classes.zone} onDragEnter={enter} onDragLeave={leave} onDragOver={hover} onDrop={drop} onPaste={paste}>
      {children}
      {isOver && (
        <div className={classes.over} data-refused={!isOpen || undefined} role="status" data-drop-zone>
          <IconPaperclip size={28} stroke={1.5} />
          <p className={classes.title}>{t(isOpen ? 'dropHere' : 'dropNotYours')}</p>
          <p className={classes.hint}>{isOpen ? t('dropHint', { count: fileLimits.perMessage, size: sizeText(fileLimits.bytes, i18n.language) }) : t('dropNotYoursHint')}</p>
        </div>
      )}
    </div>
  );
}
