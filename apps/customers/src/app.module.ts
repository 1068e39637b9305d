import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule, requestsOf } from '@relevo/messaging';
import { type Composition, DatabaseModule, PlatformModule, readConfig } from '@relevo/platform';
import { CatalogueJournal } from './attributes/catalogue.journal.js';
import { DefineAttributeHandler } from './attributes/define-attribute.handler.js';
import { ListAttributesHandler } from './attributes/list-attributes.handler.js';
import { UpdateAttributeHandler } from './attributes/update-attribute.handler.js';
import { BlockCustomerHandler } from './belonging/block-customer.handler.js';
import { CustomerAffinityHandler } from './belonging/customer-affinity.handler.js';
import { CustomersConfig } from './config.js';
import { CheckSenderHandler } from './customers/check-sender.handler.js';
import { CustomerJournal } from './customers/customer.journal.js';
import { GetCustomerHandler } from './customers/get-customer.handler.js';
import { IdentifyCustomerHandler } from './customers/identify-customer.handler.js';
import { CustomerEdits } from './editing/customer-edits.js';
import { GetCustomerHistoryHandler } from './editing/get-customer-history.handler.js';
import { RevertCustomerHandler } from './editing/revert-customer.handler.js';
import { UpdateCustomerHandler } from './editing/update-customer.handler.js';
import { MergeCustomerHandler } from './merging/merge-customer.handler.js';
import { Merges } from './merging/merges.js';
import { ResumeMergesHandler } from './merging/resume-merges.handler.js';
import { VerifyProjectionsHandler } from './operations/verify-projections.handler.js';
import { CustomerSearch } from './search/customer-search.js';
import { CustomerWords } from './search/customer-words.js';
import { ListCustomersHandler } from './search/list-customers.handler.js';

export const service = 'customers';

@Module({})
export class AppModule {
  static with(config: CustomersConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forService(service, config), DatabaseModule.forService(service, config), MessagingModule.forService(service, config)],
      providers: [{ provide: CustomersConfig, useValue: config }, CustomerWords, CustomerJournal, CatalogueJournal, CustomerEdits, CustomerSearch, Merges],
      controllers: [
        IdentifyCustomerHandler,
        CheckSenderHandler,
        GetCustomerHandler,
        ListCustomersHandler,
        UpdateCustomerHandler,
        GetCustomerHistoryHandler,
        RevertCustomerHandler,
        BlockCustomerHandler,
        CustomerAffinityHandler,
        MergeCustomerHandler,
        ResumeMergesHandler,
        DefineAttributeHandler,
        UpdateAttributeHandler,
        ListAttributesHandler,
        VerifyProjectionsHandler,
      ],
    };
  }
}

/** A replica of it, as `env` (the process's own unless given) sets it up. */
export function compose(env?: NodeJS.ProcessEnv): Composition {
  const config = readConfig(CustomersConfig, env);
  return { module: AppModule.with(config), config, microservices: [requestsOf(service, config)] };
}
