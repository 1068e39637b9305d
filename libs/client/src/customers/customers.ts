import type { CustomerView } from '@relevo/contracts';
import type { Requests } from '../commands/requests.js';
import { Registry } from '../store/registry.js';
import { CustomerHistory } from './customer-history.js';
import { Customer } from './customer.js';
import type { FieldValues } from './fields.js';

/** The customers that somebody looks at. */
export class Customers {
  private readonly shown = new Registry<Customer>();
  private readonly histories = new Registry<CustomerHistory>();

  constructor(private readonly requests: Pick<Requests, 'ask'>) {}

  get(id: string): Customer {
    return this.shown.get(id, () => {
      const customer = new Customer(id, (customerId) => this.requests.ask('GET /customers/:customerId', { customerId }));
      void customer.load();
      return customer;
    });
  }

  history(id: string): CustomerHistory {
    return this.histories.get(id, () => {
      const history = new CustomerHistory((page) => this.requests.ask('GET /customers/:customerId/history', { customerId: id, ...page }));
      void history.load();
      return history;
    });
  }

  tell(customer: CustomerView): void {
    this.shown.find(customer.id)?.tell(customer);
    this.histories.find(customer.id)?.tell(customer.version);
  }

  /** A command of the agent's own under way: `values` is what it makes of which fields. Its effect is in every view with its answer. */
  async effectOf(id: string, values: FieldValues, command: () => Promise<CustomerView>): Promise<CustomerView> {
    const customer = await this.get(id).effectOf(values, command);
    this.tell(customer);
    return customer;
  }

  async reload(): Promise<void> {
    await Promise.all([...this.shown.values(), ...this.histories.values()].map((one) => one.load()));
  }

  clear(): void {
    this.shown.clear();
    this.histories.clear();
  }
}
