import { Button } from '@mantine/core';
import { type CSSProperties, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useRelevo } from '../session/relevo-context';
import { useNow } from '../ui/now';
import { useStore } from '../ui/use-store';
import { findObstacle } from './find-obstacle';
import type { Found } from './obstacle';
import classes from './undo-offer.module.css';

export interface Offer {
  readonly conversationId: string;
  /** The entry that can be taken back. */
  readonly ofSeq: number;
  /** As the conversation tells it. */
  readonly undoUntil: string;
  /** The same by this browser's clock, ms. */
  readonly endsAt: number;
  readonly words: string;
}

/** Long enough to be read. */
const reasonMs = 6_000;

interface Props {
  readonly offer: Offer;
  readonly onUndo: () => void;
  readonly onEnd: () => void;
}

/** What was done, and for how long it can be taken back; when somebody else ends that, who and how. */
export function UndoOffer({ offer, onUndo, onEnd }: Props) {
  const { t } = useTranslation('closing');
  const relevo = useRelevo();
  const me = useMe();
  const { conversation } = useStore(relevo.conversation(offer.conversationId));
  const [found, setFound] = useState<Found | null>(null);
  const [runsFor] = useState(() => offer.endsAt - Date.now());
  const left = useNow((now) => Math.max(0, Math.ceil((offer.endsAt - now) / 1_000)));
  // Out of sight it stays one's own to take back.
  const isOver = conversation !== null && conversation.seq > offer.ofSeq && conversation.undoUntil !== offer.undoUntil;

  useEffect(() => {
    const timer = setTimeout(onEnd, found ? reasonMs : Math.max(0, offer.endsAt - Date.now()));
    return () => clearTimeout(timer);
  }, [found, offer, onEnd]);

  useEffect(() => {
    if (!isOver) return undefined;
    let isWanted = true;
    void findObstacle(relevo, offer.conversationId, offer.ofSeq).then((obstacle) => {
      if (!isWanted) return;
      // What one did oneself needs no telling.
      if (!obstacle || obstacle.what === 'undone' || obstacle.by.id === me.id) onEnd();
      else setFound(obstacle);
    });
    return () => {
      isWanted = false;
    };
  }, [isOver, me.id, offer, onEnd, relevo]);

  if (found) return <span className={classes.words}>{t('notUndone', { reason: t(found.what, { actor: found.by.name }) })}</span>;
  return (
    <div className={classes.offer} data-undo={offer.conversationId}>
      <span className={classes.words}>{offer.words}</span>
      <span className={`${classes.left} tabular`} aria-hidden>
        {t('left', { count: left })}
      </span>
      <Button variant="light" disabled={isOver} onClick={onUndo}>
        {t('undo')}
      </Button>
      <span className={classes.bar} style={{ '--for': `${runsFor}ms` } as CSSProperties} aria-hidden />
    </div>
  );
}
