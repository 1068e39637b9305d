import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import { atOf, searchAt } from './address';
import { useView } from './use-view';
import { choiceOf, paramsOf, viewOf, viewOfChoice } from './view';

/** A choice that is only passed by is not kept. */
const settledMs = 1_000;

/** Whoever has nothing of their own within this time begins as anybody does. */
const patienceMs = 2_000;

/**
 * The order and filters chosen last are there again (product rule "Order"), on every machine of the agent. An address
 * that names a tray says all; of any other, what it says wins over what was chosen. Answers whether the view is known.
 */
export function useRememberedView(): boolean {
  const relevo = useRelevo();
  const settings = useStore(relevo.directory.settings);
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const [view] = useView();
  const [isPatient, setPatient] = useState(true);
  const isBare = !new URLSearchParams(search).has('tray');

  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (!isBare || (!settings && isPatient)) return;
    const whole = viewOf(new URLSearchParams(search), viewOfChoice(settings?.list ?? null));
    void navigate({ pathname, search: searchAt(paramsOf(whole).toString(), atOf(new URLSearchParams(search))) }, { replace: true });
  }, [isBare, isPatient, settings, navigate, pathname, search]);

  useEffect(() => {
    if (isBare || !settings) return;
    const choice = choiceOf(view);
    if (JSON.stringify(choice) === JSON.stringify(settings.list)) return;
    const timer = setTimeout(() => void relevo.own.changeSettings({ list: choice }).catch(() => undefined), settledMs);
    return () => clearTimeout(timer);
  }, [relevo, view, isBare, settings]);

  return !isBare;
}
