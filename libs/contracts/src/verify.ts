import { IsCount, IsId, IsLimit, IsNestedList, IsString, MaxLength, Nullable, Optional } from './fields.js';
import { rpc, type Owner } from './rpc.js';

/** One page of the comparison of stored projections with what their journals say. */
export class VerifyProjections {
  @Optional() @IsString() @MaxLength(200) cursor?: string;
  @IsLimit() limit?: number;
}

export class ProjectionDifference {
  @IsString() journal: string;
  @IsId() aggregateId: string;
  @IsString() difference: string;
}

export class VerificationReport {
  @IsCount() checked: number;
  @IsNestedList(() => ProjectionDifference, 100) differences: ProjectionDifference[];
  @Nullable() @IsString() nextCursor: string | null;
}

const verifyProjectionsOf = <O extends Owner>(owner: O) =>
  rpc(`rpc.${owner}.verify-projections.v1`, VerifyProjections, VerificationReport, { callers: ['system'] });

/** The operator's check that a rebuild from the journal equals every stored projection, per owner. */
export const verifyProjections = {
  conversations: verifyProjectionsOf('conversations'),
  customers: verifyProjectionsOf('customers'),
  routing: verifyProjectionsOf('routing'),
  channels: verifyProjectionsOf('channels'),
} as const;
