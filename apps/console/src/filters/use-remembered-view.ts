import type { ListChoice } from '@relevo/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useRelevo } from '../session/relevo-context';
import { useStore } from '../ui/use-store';
import { addressNow, pathOf, searchAt } from './address';
import { useView } from './use-view';
import { choiceOf, paramsOf, viewOf, viewOfChoice } from './view';

/** A choice that is only passed by is not kept. */
const settledMs = 1_000;

/** Of whom nothing is known within this time begins as anybody does, until it is. */
const patienceMs = 2_000;

const viewNow = (): string => paramsOf(addressNow().view).toString();

/**
 * The order and filters chosen last are there again (product rule "Order"), on every machine of the agent. An address
 * that names a tray says all; of any other, what it says wins over what was chosen. Answers whether the view is known.
 */
export function useRememberedView(): boolean {
  const relevo = useRelevo();
  const settings = useStore(relevo.directory.settings);
  const { search } = useLocation();
  const navigate = useNavigate();
  const [view] = useView();
  const [isPatient, setPatient] = useState(true);
  /** The view that was put into an address because nothing was known: nobody chose it. */
  const assumed = useRef<{ readonly view: string; readonly search: string }>(null);
  const isBare = !new URLSearchParams(search).has('tray');

  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  const complete = useCallback(
    (said: string, choice: ListChoice | null): void => {
      const { openId, at } = addressNow();
      const whole = viewOf(new URLSearchParams(said), viewOfChoice(choice));
      void navigate({ pathname: pathOf(openId), search: searchAt(paramsOf(whole).toString(), at) }, { replace: true });
    },
    [navigate],
  );
  useEffect(() => {
    if (settings) {
      const said = isBare ? search : assumed.current?.view === viewNow() ? assumed.current.search : null;
      if (said !== null) complete(said, settings.list);
      assumed.current = null;
    } else if (isBare && !isPatient) {
      complete(search, null);
      assumed.current = { view: viewNow(), search };
    }
  }, [isBare, isPatient, settings, search, complete]);

  useEffect(() => {
    if (isBare || !settings) return;
    const keep = (): void => {
      // As it is by now: what is drawn may be older.
      const choice = choiceOf(addressNow().view);
      if (JSON.stringify(choice) !== JSON.stringify(settings.list)) void relevo.own.changeSettings({ list: choice }).catch(() => undefined);
    };
    const timer = setTimeout(keep, settledMs);
    return () => clearTimeout(timer);
  }, [relevo, view, isBare, settings]);

  return !isBare;
}
