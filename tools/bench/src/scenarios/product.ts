import { claimConversation } from '@relevo/contracts';
import { connectOperator, ApiClient, postInbound, type Operator, type RunningSystem, startSystem } from '@relevo/start';
import { seedWorkspace } from '@relevo/testing';
import type { Stack } from '@relevo/local-stack';


export interface ProductOptions {
  readonly stack: Stack;
  readonly databasePrefix: string;
  /** Of each service. */
  readonly replicas: number;
  readonly logsDir: string;
  readonly onProgress: (line: string) => void;
  /** Of the gateway alone. */
  readonly gatewayEnv?: Readonly<Record<string, string>>;
  readonly conversationsEnv?: Readonly<Record<string, string>>;
}

/** One agent and one channel are asked for more here than they may ask for in a second. */
const unlimited = { SENDS_PER_SECOND: '1000000', SENDS_BURST: '1000000', INBOUND_PER_SECOND: '1000000', INBOUND_BURST: '1000000', UNSENT_FILES: '100000', UNSENT_BYTES: '1099511627776' };

/** The system under measurement: all services as `npm start` runs them. */
export class Product {
  private constructor(
    readonly system: RunningSystem,
    readonly operator: Operator,
  ) {}

  static async start({ stack, databasePrefix, replicas, logsDir, onProgress, gatewayEnv = {}, conversationsEnv = {} }: ProductOptions): Promise<Product> {
    const system = await startSystem({
      stack,
      databasePrefix,
      replicas,
      logsDir,
      onProgress,
      env: { LOG_LEVEL: 'warn', ...unlimited },
      serviceEnv: { gateway: gatewayEnv, conversations: conversationsEnv },
    });
    try {
      return new Product(system, await connectOperator(stack.nats.url));
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  get pids(): number[] {
    return this.system.processes.flatMap(({ pid }) => pid ?? []);
  }

  get gatewayUrl(): string {
    const [url] = this.system.gatewayUrls;
    if (url === undefined) throw new Error('There is no gateway');
    return url;
  }

  async stop(): Promise<void> {
    await this.operator.close();
    await this.system.stop();
  }
}

/** A sender with conversations of their own, and a colleague who sees them. */
export interface Desk {
  readonly workspaceId: string;
  readonly sender: ApiClient;
  readonly receiver: ApiClient;
  readonly conversationIds: readonly string[];
}

export async function seedDesk({ operator, gatewayUrl }: Product, conversations: number): Promise<Desk> {
  const workspace = await seedWorkspace(operator, {
    teams: ['sales'],
    agents: { ana: { teams: ['sales'] }, luis: { teams: ['sales'] } },
    channels: { shop: { team: 'sales' } },
  });
  const sender = await ApiClient.login(gatewayUrl, workspace.agents.ana);
  const receiver = await ApiClient.login(gatewayUrl, workspace.agents.luis);
  const conversationIds: string[] = [];
  for (let index = 1; index <= conversations; index++) {
    const { conversationId } = await postInbound(gatewayUrl, workspace.channels.shop, { from: `customer-${index}`, name: `Customer ${index}`, text: 'Where is my order?' });
    await sender.call(claimConversation, { conversationId });
    conversationIds.push(conversationId);
  }
  return { workspaceId: workspace.id, sender, receiver, conversationIds };
}
