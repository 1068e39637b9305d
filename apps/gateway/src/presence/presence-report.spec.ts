import { PresenceReport } from './presence-report.js';

const ana = { agentId: 'ana', workspaceId: 'sur' };
const luis = { agentId: 'luis', workspaceId: 'sur' };

it('says an agent’s first socket and their last, however many there are between', () => {
  const report = new PresenceReport();
  expect([report.connected(ana), report.connected(ana)]).toEqual([true, false]);
  expect(report.take(10)).toEqual([{ ...ana, connected: true, active: true }]);
  expect(report.isEmpty).toBe(true);
  expect([report.disconnected(ana), report.isEmpty]).toEqual([false, true]);
  expect([report.disconnected(ana), report.disconnected(ana)]).toEqual([true, false]);
  expect(report.take(10)).toEqual([{ ...ana, connected: false, active: false }]);
});

it('says what holds when it is taken, and what was put back is said as it is then', () => {
  const report = new PresenceReport();
  report.connected(ana);
  const taken = report.take(10);
  report.disconnected(ana);
  report.putBack(taken);
  expect(report.take(10)).toEqual([{ ...ana, connected: false, active: true }]);
});

it('says so many at a time', () => {
  const report = new PresenceReport();
  report.connected(ana);
  report.active(luis);
  expect([report.take(1), report.take(1)]).toEqual([[{ ...ana, connected: true, active: true }], [{ ...luis, connected: false, active: true }]]);
});

it('says all that is here when it starts anew, which is no activity', () => {
  const report = new PresenceReport();
  report.connected(ana);
  report.take(10);
  report.startAnew();
  expect(report.take(10)).toEqual([{ ...ana, connected: true, active: false }]);
});
