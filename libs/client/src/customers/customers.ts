import type { CustomerView } from '@relevo/contracts';
import type { Requests } from '../commands/requests.js';
import { Registry } from '../store/registry.js';
import { Customer } from './customer.js';

/** The customers that somebody looks at. */
export class Customers {
  private readonly shown = new Registry<Customer>();

  constructor(private readonly requests: Pick<Requests, 'ask'>) {}

  get(id: string): Customer {
    return this.shown.get(id, () => {
      const customer = new Customer(id, (customerId) => this.requests.ask('GET /customers/:customerId', { customerId }));
      void customer.load();
      return customer;
    });
  }

  tell(customer: CustomerView): void {
    this.shown.find(customer.id)?.tell(customer);
  }

  async reload(): Promise<void> {
    await Promise.all(this.shown.values().map((customer) => customer.load()));
  }

  clear(): void {
    this.shown.clear();
  }
}
