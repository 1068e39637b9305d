import { Controller } from '@nestjs/common';
import { type GatewayRenewed, RenewGateway, renewGateway } from '@relevo/contracts';
import { Handles } from '@relevo/messaging';
import { Gateways } from './gateways.js';

@Controller()
export class RenewGatewayHandler {
  constructor(private readonly gateways: Gateways) {}

  @Handles(renewGateway)
  async handle({ gatewayId, begins }: RenewGateway): Promise<GatewayRenewed> {
    if (begins) await this.gateways.begin(gatewayId);
    return { known: await this.gateways.renew(gatewayId) };
  }
}
