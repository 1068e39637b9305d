/** `OUTAGE_MS` of whatever is not a test of outages: what is late on a machine that does other things too is not down. */
export const patientOutageMs = 15_000;

/** `natsSilenceSeconds` of such a stack: a process that is kept from running answers no ping either. */
export const patientSilenceSeconds = 20;
