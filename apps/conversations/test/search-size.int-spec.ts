import { type Replicas, startReplicas } from '@relevo/testing';
import { compose } from '../src/app.module.js';
import { Beside } from './beside.js';
import { fillForSearch, proveSearchOf } from './prove-search-size.js';

const count = 5_000;

let replicas: Replicas;

beforeAll(async () => {
  replicas = await startReplicas({ service: 'conversations', compose, count: 1, beside: [new Beside().compose] });
  await fillForSearch(replicas, count);
});

afterAll(() => replicas?.stop());

describe(`searching ${count} conversations`, () => proveSearchOf(count, () => replicas));
