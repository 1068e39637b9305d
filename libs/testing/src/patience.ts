/** `OUTAGE_MS` of whatever is not a test of outages: what is late on a machine that does other things too is not down. */
export const patientOutageMs = 15_000;
