import { Counter, Gauge } from 'prom-client';

export const connectedSockets = new Gauge({
  name: 'relevo_connected_sockets',
  help: 'Sockets of agents connected to this replica.',
});

export const workspaceFeeds = new Gauge({
  name: 'relevo_workspace_feeds',
  help: 'Workspaces whose events this replica reads, because agents of theirs are connected.',
});

export const liveEvents = new Counter({
  name: 'relevo_live_events_total',
  help: 'Live events emitted, by name; one counts once however many sockets get it.',
  labelNames: ['event'],
});

export const resumptions = new Counter({
  name: 'relevo_resumptions_total',
  help: 'Handshakes with a cursor, by what came of them: resumed, or the reason why not.',
  labelNames: ['outcome'],
});

export const streamReads = new Counter({
  name: 'relevo_stream_reads_total',
  help: 'Readings of past events from the stream; sockets of one workspace that resume together share them.',
});
