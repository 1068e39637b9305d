import type { ErrorCode } from './error-code.js';

/** SQLSTATEs of the engine (`M....`, its own) and of PostgreSQL, and what MongoDB calls the same failure. */
const codes = new Map<string, ErrorCode>([
  ['M0000', 1],
  ['M0001', 2],
  ['M0002', 5],
  ['M0003', 9],
  ['M0004', 14],
  ['M0005', 15],
  ['M00DO', 16],
  ['M0006', 20],
  ['M00EW', 24],
  ['M0008', 26],
  ['M0009', 27],
  ['M000A', 28],
  ['M000C', 34],
  ['M000D', 40],
  ['M000E', 43],
  ['M000F', 48],
  ['M00EX', 50],
  ['M000G', 52],
  ['M000I', 54],
  ['M000J', 56],
  ['M000K', 57],
  ['M00EY', 59],
  ['M000M', 66],
  ['M000N', 67],
  ['M000O', 68],
  ['M000P', 72],
  ['M000Q', 73],
  ['M000R', 85],
  ['M000S', 86],
  ['M00F0', 91],
  ['M000T', 111],
  ['M00F1', 112],
  ['M000U', 115],
  ['M00F2', 117],
  ['M00CO', 121],
  ['M000W', 146],
  ['M000Z', 166],
  ['M0011', 181],
  ['M0012', 197],
  ['M00F4', 201],
  ['M0013', 224],
  ['M0015', 241],
  ['M0016', 263],
  ['M0017', 276],
  ['M001B', 10334],
  ['M001C', 11000],
  ['M003A', 17419],
  ['M003B', 17420],
  ['M007U', 40324],
  ['M0088', 40415],
  ['0A000', 115], // feature_not_supported
  ['22016', 2],
  ['22023', 2], // invalid_parameter_value
  ['22P02', 2], // invalid_text_representation
  ['23505', 11000], // unique_violation: _id
  ['23P01', 11000], // exclusion_violation: every other unique index
  ['25P02', 251], // in_failed_sql_transaction
  ['40001', 112], // serialization_failure
  ['40P01', 112], // deadlock_detected
  ['42P01', 26], // undefined_table
  ['53100', 14031], // disk_full
  ['53300', 262], // too_many_connections: the client may try again
  ['55P03', 24], // lock_not_available
  ['57014', 50], // query_canceled: the engine applies maxTimeMS as a statement timeout
]);

// 57P0x: shut down, crashed, or starting up; 57P05 is not among them (an idle session's timeout). 08xxx: the connection broke.
const gone = /^(57P0[123]|08)/;

/** The engine's own codes that have no name above are all complaints about an argument. */
export function errorCodeOf(sqlState: string): ErrorCode {
  const code = codes.get(sqlState);
  if (code !== undefined) return code;
  if (gone.test(sqlState)) return 91;
  return sqlState.startsWith('M') ? 2 : 1;
}

/** Failures that running the same statement again, alone, heals: MongoDB does that inside, unseen by its client. */
export const isConflict = (sqlState: string): boolean => sqlState === '40001' || sqlState === '40P01' || sqlState === '55P03';

export const isDuplicate = (sqlState: string): boolean => errorCodeOf(sqlState) === 11000;

export const isGone = (sqlState: string): boolean => gone.test(sqlState);

/** PostgreSQL packs a SQLSTATE's five characters into an int, six bits each; the engine's `writeErrors` carry that int. */
export function unpackSqlState(packed: number): string {
  let state = '';
  for (let shift = 0; shift < 30; shift += 6) state += String.fromCharCode(((packed >> shift) & 63) + 48);
  return state;
}
