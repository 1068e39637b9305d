import { Controller } from '@nestjs/common';
import { ForgetGateway, forgetGateway, type GatewayForgotten } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Gateways } from './gateways.js';

/** Its connections count no more at once; that is told by the next sweep of any replica. */
@Controller()
export class ForgetGatewayHandler {
  constructor(private readonly gateways: Gateways) {}

  @Handles(forgetGateway)
  async handle({ gatewayId }: ForgetGateway): Promise<GatewayForgotten> {
    await this.gateways.giveUp(gatewayId);
    return {};
  }
}
