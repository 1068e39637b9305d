/** After all specs of a run: what `start-system.mjs` started. */
export default async function stopSystem() {
  await globalThis.relevoTestSystem.stop();
}
