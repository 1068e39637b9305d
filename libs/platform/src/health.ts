import { Controller, Get, Header, HttpCode, Inject, Injectable, Optional, ServiceUnavailableException } from '@nestjs/common';
import { register } from 'prom-client';

/** One thing a replica needs before it should be given work. */
export interface ReadinessCheck {
  readonly name: string;
  /** Rejects with a reason when not ready. */
  readonly check: () => Promise<void>;
}

/** Whoever asks wants to know now; a check that takes longer has not found what it looks for. */
const checkWithinMs = 1_500;

async function inTime(check: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${checkWithinMs} ms`)), checkWithinMs).unref();
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Collected from everywhere: each module adds its own checks at start. */
@Injectable()
export class Readiness {
  private readonly checks: ReadinessCheck[] = [];

  add(check: ReadinessCheck): void {
    this.checks.push(check);
  }

  /** Name of each check with `ok` or why it is not; never later than a check may take. */
  async report(): Promise<Record<string, string>> {
    const results = await Promise.all(
      this.checks.map(async ({ name, check }) => {
        try {
          await inTime(check());
          return [name, 'ok'] as const;
        } catch (error) {
          return [name, error instanceof Error ? error.message : String(error)] as const;
        }
      }),
    );
    return Object.fromEntries(results);
  }
}

export const SERVICE_NAME = Symbol('SERVICE_NAME');

/** Probes and metrics, outside any version prefix. Liveness says only that the event loop turns. */
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    @Optional() @Inject(SERVICE_NAME) private readonly service = 'relevo',
  ) {}

  @Get('healthz')
  @HttpCode(200)
  live(): { status: string; service: string } {
    return { status: 'ok', service: this.service };
  }

  @Get('readyz')
  async ready(): Promise<Record<string, string>> {
    const report = await this.readiness.report();
    if (Object.values(report).some((state) => state !== 'ok')) throw new ServiceUnavailableException(report);
    return report;
  }

  @Get('metrics')
  @Header('content-type', register.contentType)
  metrics(): Promise<string> {
    return register.metrics();
  }
}
