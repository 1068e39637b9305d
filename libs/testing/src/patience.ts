/** Settings of whatever is not a test of outages: on a machine that does other things too, what is late is neither down nor given up. */
export const patience = { OUTAGE_MS: 15_000, REQUEST_TIMEOUT_MS: 30_000 };

/** The same, and of what else takes its time, as a service's environment. */
export const patientEnv = Object.fromEntries(Object.entries({ ...patience, MEDIA_TIMEOUT_MS: 60_000, INBOUND_FETCH_MS: 60_000 }).map(([name, ms]) => [name, String(ms)]));

/** `natsSilenceSeconds` of such a stack: a process that is kept from running answers no ping either. */
export const patientSilenceSeconds = 20;
