// Loaded before a service (NODE_OPTIONS=--import=...): its machine's clock is wrong by CLOCK_WRONG_BY_MS. How long
// things take is measured with another clock, which nobody sets.
const wrongByMs = Number(process.env.CLOCK_WRONG_BY_MS);
const RightDate = Date;
const now = () => RightDate.now() + wrongByMs;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget === globalThis.Date ? target : newTarget),
  apply: () => new RightDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
