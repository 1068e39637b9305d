import { Counter, Gauge } from 'prom-client';

export const connectedSockets = new Gauge({
  name: 'relevo_connected_sockets',
  help: 'Sockets of agents connected to this replica.',
});

export const connectedVisitors = new Gauge({
  name: 'relevo_connected_visitors',
  help: 'Sockets of visitors connected to this replica.',
});

export const visitorFeeds = new Gauge({
  name: 'relevo_visitor_feeds',
  help: 'Workspaces whose public events this replica reads, because visitors of theirs are connected.',
});

export const widgetEvents = new Counter({
  name: 'relevo_widget_events_total',
  help: 'Entries emitted to visitors; one counts once however many sockets of the visitor get it.',
});

export const slowSocketsCut = new Counter({
  name: 'relevo_slow_sockets_cut_total',
  help: 'Connections ended because their clients did not read what they were sent.',
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
