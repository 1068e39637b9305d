/** Read at every start, so that data of an older version of this file gets them too; the port comes as an argument. */
export const settingsFile = 'relevo.conf';

// 4 MB: of 16 MB ones the least that PostgreSQL keeps is most of the bytes of a fresh copy.
export const walSegmentMegabytes = 4;

/** Nothing of it trades durability for speed: tests kill this with -9 and count what was acknowledged. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // Nobody uses them, and their paths may have 107 bytes at most.
  unix_socket_directories: '',
  // With the extended index or a sort is never read from an index.
  shared_preload_libraries: 'pg_cron,pg_documentdb_core,pg_documentdb,pg_documentdb_extended_rum',
  'documentdb.rum_library_load_option': 'require_documentdb_extended_rum',
  'documentdb.alternate_index_handler_name': 'extended_rum',
  // An index then knows which of its paths hold arrays, as MongoDB's do: one beside such a path is read in order from any
  // place, and not sorted.
  'documentdb.enableIndexMetadataGlobalTracking': 'on',
  'documentdb.localhost_connection_string': 'host=127.0.0.1',
  'cron.host': '127.0.0.1',
  'cron.database_name': 'postgres',
  'cron.use_background_workers': 'on',
  'cron.log_run': 'off',
  'cron.log_statement': 'off',
  max_worker_processes: '16',
  max_connections: '300',
  autovacuum_naptime: '5s',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Sizes while it works; the template is made with the least there is.
  min_wal_size: '64MB',
  max_wal_size: '1GB',
  // What does not get smaller, as most files do not, costs PostgreSQL's own method more time than all the rest of storing it.
  default_toast_compression: 'lz4',
  log_min_messages: 'warning',
};

export function settingsText(overrides: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...settings, ...overrides })
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');
}

/**
 * DocumentDB keeps its databases in the one named `postgres`. Without the two that others would be made from, a copy has
 * half the files. Before DocumentDB is loaded: a drop waits for every process, and its worker looks up every 10 s.
 */
export const removal = ['template1', 'template0'].flatMap((name) => [`ALTER DATABASE ${name} IS_TEMPLATE false`, `DROP DATABASE ${name}`]);

/** Once in the template's database. */
export const preparation = [
  'CREATE EXTENSION documentdb CASCADE',
  'CREATE EXTENSION documentdb_extended_rum',
  // Expired documents go within seconds, as tests want to see them go.
  "SELECT cron.alter_job(jobid, schedule := '2 seconds') FROM cron.job WHERE jobname = 'documentdb_ttl_task'",
  // The gateway builds indexes with the non-concurrent command, at once.
  "SELECT cron.alter_job(jobid, active := false) FROM cron.job WHERE jobname LIKE 'documentdb_index_build%'",
  // Twice: the first one's successor is what lets go of the log before it.
  'CHECKPOINT',
  'CHECKPOINT',
];
