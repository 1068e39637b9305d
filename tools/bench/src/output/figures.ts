import type { Compared } from '../measuring/rounds.js';
import type { Results } from '../results.js';

/** One line of the table, one bar of the plot. */
export interface Figure {
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  readonly compared: Compared;
  /** How many of the unit the figures are counted in, to show them in it. */
  readonly scale: number;
}

const figure = (group: string, name: string, unit: string, compared: Compared, scale = 1): Figure => ({ group, name, unit, compared, scale });

/** Every comparison that a run made, in the order in which it is told. */
export function figuresOf({ send = [], lists, idle, uploads }: Results): Figure[] {
  const sending = send.flatMap(({ inFlight, receivedP50Ms, receivedP95Ms, acknowledgedP50Ms, messagesPerSecond, cpuMsPerMessage, engineCpuMsPerMessage }) => {
    const group = `a message, ${inFlight} in flight: Relevo / the floor`;
    return [
      figure(group, 'send -> receive, p50', 'ms', receivedP50Ms),
      figure(group, 'send -> receive, p95', 'ms', receivedP95Ms),
      figure(group, 'send -> answer, p50', 'ms', acknowledgedP50Ms),
      figure(group, 'messages a second', '/s', messagesPerSecond),
      figure(group, 'CPU of all server processes', 'ms', cpuMsPerMessage),
      ...(engineCpuMsPerMessage ? [figure(group, 'CPU of NATS and the database', 'ms', engineCpuMsPerMessage)] : []),
    ];
  });
  const pages = (lists?.pages ?? []).map(({ order, viewer, tray, firstPageP50Ms }) =>
    figure(`first page, p50: ${lists?.large} / ${lists?.small} conversations`, `order ${order}, ${viewer}, tray ${tray}`, 'ms', firstPageP50Ms),
  );
  const group = `an idle agent, of ${idle?.sockets}: Relevo / bare Socket.IO`;
  const memory = idle ? [figure(group, 'live memory', 'kB', idle.liveBytesPerSocket, 1000), figure(group, 'resident memory', 'kB', idle.residentBytesPerSocket, 1000)] : [];
  const beside = `a message every ${uploads?.everyMs} ms: beside ${uploads?.uploads} uploads of ${(uploads?.bytes ?? 0) / 1e6} MB / without`;
  const uploading = uploads ? [figure(beside, 'send -> receive, p50', 'ms', uploads.receivedP50Ms), figure(beside, 'send -> receive, p95', 'ms', uploads.receivedP95Ms)] : [];
  return [...sending, ...pages, ...memory, ...uploading];
}
