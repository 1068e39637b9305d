import { ServiceConfig } from '@relevo/platform';

export class ChannelsConfig extends ServiceConfig {}
