import type { JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { AppError } from '@relevo/contracts';
import { Delivery, type Workshop } from './delivery.js';
import type { ErrorLedger } from './error-ledger.js';
import { defaultSettings } from './settings.js';
import { Slots } from './slots.js';

const address = { owner: 'routing', workspaceId: 'acme', visibility: 'internal', aggregateId: 'ana', fact: 'agent-changed' };
const away = () => Promise.reject(new AppError('UNAVAILABLE', 'Away.'));
const wrong = () => Promise.reject(new Error('wrong'));

/** A message and what became of it. */
const aMessage = (deliveryCount: number) => {
  const answers: string[] = [];
  const answer = (word: string) => () => void answers.push(word);
  const message = {
    seq: 7,
    info: { deliveryCount, redelivered: deliveryCount > 1, timestampNanos: 1 },
    json: () => ({}),
    ack: answer('ack'),
    nak: answer('nak'),
    term: answer('term'),
    working: answer('working'),
  };
  return { message: message as unknown as JsMsg, answers };
};

/** A ledger in memory, and every value it was given. */
const aLedger = (errors = 0) => {
  const written: number[] = [];
  const ledger = { read: () => Promise.resolve(written.at(-1) ?? errors), write: (_: string, value: number) => Promise.resolve(void written.push(value)) };
  return { ledger: ledger as unknown as ErrorLedger, written };
};

const aWorkshop = (parts: Partial<Workshop>): Workshop => ({
  durable: 'probe-internal',
  settings: { ...defaultSettings, backoffMs: [0] },
  ledger: aLedger().ledger,
  closing: new AbortController().signal,
  handles: () => true,
  handle: () => Promise.resolve(),
  bury: () => Promise.resolve(),
  ...parts,
});

const settle = (workshop: Workshop, message: JsMsg) => new Delivery(workshop, new Slots(1), address, message).settle();

describe('Delivery', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('is acknowledged after its handler, without a word to the ledger', async () => {
    const { message, answers } = aMessage(1);
    const { ledger, written } = aLedger();
    await settle(aWorkshop({ ledger }), message);
    expect(answers).toEqual(['ack']);
    expect(written).toEqual([]);
  });

  it('goes on counting where the replica before it stopped', async () => {
    const { message, answers } = aMessage(9);
    const { ledger } = aLedger(3);
    const handle = jest.fn(wrong);
    const bury = jest.fn(() => Promise.resolve());
    await settle(aWorkshop({ ledger, handle, bury }), message);
    expect(handle).toHaveBeenCalledTimes(2);
    expect(bury).toHaveBeenCalledTimes(1);
    expect(answers).toEqual(['term']);
  });

  it('is not tried again when the replicas before it have tried enough', async () => {
    const handle = jest.fn(wrong);
    const bury = jest.fn(() => Promise.resolve());
    await settle(aWorkshop({ ledger: aLedger(5).ledger, handle, bury }), aMessage(6).message);
    expect(handle).not.toHaveBeenCalled();
    expect(bury).toHaveBeenCalledTimes(1);
  });

  it('however often it was delivered, is only given up for errors of its own', async () => {
    const { message, answers } = aMessage(1_000);
    const { ledger, written } = aLedger();
    const handle = jest.fn(away);
    for (let time = 0; time < 50; time++) handle.mockImplementationOnce(away);
    handle.mockImplementation(() => Promise.resolve() as Promise<never>);
    await settle(aWorkshop({ ledger, handle }), message);
    expect(handle).toHaveBeenCalledTimes(51);
    expect(answers).toEqual(['ack']);
    // Raised before each try, and taken back after each that was nobody's fault.
    expect(written.slice(0, 4)).toEqual([1, 0, 1, 0]);
  });

  it('waits when the dead letters are out of reach, without trying again', async () => {
    const { message, answers } = aMessage(1);
    const handle = jest.fn(wrong);
    const bury = jest.fn(() => Promise.resolve()).mockImplementationOnce(away).mockImplementationOnce(away);
    await settle(aWorkshop({ handle, bury }), message);
    expect(handle).toHaveBeenCalledTimes(5);
    expect(bury).toHaveBeenCalledTimes(3);
    expect(answers).toEqual(['term']);
  });

  it('is handed back when its replica closes while it waits', async () => {
    const { message, answers } = aMessage(1);
    const closing = new AbortController();
    const handle = jest.fn(() => {
      closing.abort();
      return away();
    });
    await settle(aWorkshop({ handle, closing: closing.signal, settings: { ...defaultSettings, backoffMs: [60_000] } }), message);
    expect(answers).toEqual(['nak']);
  });
});
