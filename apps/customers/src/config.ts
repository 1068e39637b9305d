import { ServiceConfig } from '@relevo/platform';

/** Nothing of its own yet. */
export class CustomersConfig extends ServiceConfig {}
