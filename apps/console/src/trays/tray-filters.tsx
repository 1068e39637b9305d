import { Button, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { unfiltered, type View } from '../filters/view';
import { useDirectory } from '../session/use-directory';
import classes from './trays.module.css';

interface Props {
  readonly view: View;
  readonly change: (part: Partial<View>) => void;
  readonly narrowed: number;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly archived?: boolean;
}

/** By name; what is archived only where it is chosen already. */
const optionsOf = (all: Iterable<Named>, chosen: string | undefined) =>
  [...all]
    .filter(({ id, archived }) => !archived || id === chosen)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ value: id, label: name }));

export function TrayFilters({ view, change, narrowed }: Props) {
  const { t } = useTranslation('trays');
  const { teams, tags, agents } = useDirectory();
  const selects = [
    { key: 'teamId', label: t('team'), placeholder: t('anyTeam'), all: teams },
    { key: 'tagId', label: t('tag'), placeholder: t('anyTag'), all: tags },
    { key: 'assigneeId', label: t('assignee'), placeholder: t('anyAssignee'), all: agents },
  ] as const;
  return (
    <section className={classes.section} aria-label={t('filters')}>
      <h2 className={classes.heading}>{t('filters')}</h2>
      {selects.map(({ key, label, placeholder, all }) => (
        <Select
          key={key}
          size="xs"
          aria-label={label}
          placeholder={placeholder}
          clearable
          searchable
          data={optionsOf(all.values(), view[key])}
          value={view[key] ?? null}
          onChange={(value) => change({ [key]: value ?? undefined })}
          comboboxProps={{ shadow: 'md' }}
        />
      ))}
      <Switch size="xs" label={t('unread')} checked={view.unread === true} onChange={(event) => change({ unread: event.currentTarget.checked ? true : undefined })} />
      <Switch size="xs" label={t('closing')} checked={view.closing === true} onChange={(event) => change({ closing: event.currentTarget.checked ? true : undefined })} />
      {narrowed > 0 && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => change(unfiltered)}>
          {t('clear')}
        </Button>
      )}
    </section>
  );
}
