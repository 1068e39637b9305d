import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { idOf, type Target } from './targets';
import classes from './target-list.module.css';
import { TargetOption } from './target-option';

export const optionIdOf = (listId: string, target: Target): string => `${listId}-${idOf(target)}`;

interface Props {
  readonly id: string;
  readonly targets: readonly Target[];
  readonly typed: string;
  readonly active: Target | null;
  readonly chosenId: string | null;
  readonly onChoose: (target: Target) => void;
}

/** Agents, then teams, as they stand this moment. */
export function TargetList({ id, targets, typed, active, chosenId, onChoose }: Props) {
  const { t } = useTranslation('transfer');
  const activeId = active && optionIdOf(id, active);
  useEffect(() => {
    if (activeId !== null) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  return (
    <div className={classes.frame}>
      <div id={id} role="listbox" className={classes.list} aria-label={t('targets')} tabIndex={-1}>
        {(['agent', 'team'] as const).map((kind) => {
          const ofKind = targets.filter((target) => target.kind === kind);
          return (
            ofKind.length > 0 && (
              <div key={kind} role="group" aria-labelledby={`${id}-${kind}s`}>
                <div id={`${id}-${kind}s`} role="presentation" className={classes.heading}>
                  {t(kind === 'agent' ? 'agents' : 'teams')}
                </div>
                {ofKind.map((target) => (
                  <TargetOption
                    key={idOf(target)}
                    target={target}
                    optionId={optionIdOf(id, target)}
                    isActive={target === active}
                    isChosen={idOf(target) === chosenId}
                    onChoose={() => onChoose(target)}
                  />
                ))}
              </div>
            )
          );
        })}
      </div>
      {targets.length === 0 && (
        <p className={classes.nobody} role="status">
          {typed.trim() === '' ? t('nobodyAtAll') : t('nobody', { typed: typed.trim() })}
        </p>
      )}
    </div>
  );
}
