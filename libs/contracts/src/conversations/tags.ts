import { IsBoolean, IsColor, IsCommandId, IsId, IsName, IsNestedList, IsString, Nullable, Optional } from '../fields.js';
import { PageRequest } from '../paging.js';
import { rpc } from '../rpc.js';

export class TagView {
  @IsId() id: string;
  @IsName(80) name: string;
  @IsColor() color: string;
  @IsBoolean() archived: boolean;
}

export class CreateTag {
  @IsCommandId() commandId: string;
  /** Unique in the workspace regardless of case, accents, how wide its spaces are and what is not seen. */
  @IsName(80) name: string;
  @Optional() @IsColor() color?: string;
}

export class UpdateTag {
  @IsId() tagId: string;
  @IsCommandId() commandId: string;
  @Optional() @IsName(80) name?: string;
  @Optional() @IsColor() color?: string;
  @Optional() @IsBoolean() archived?: boolean;
}

export class ListTags extends PageRequest {}

export class TagList {
  @IsNestedList(() => TagView) items: TagView[];
  @Nullable() @IsString() nextCursor: string | null;
}

const byAdmins = { callers: ['agent', 'system'], roles: ['admin'] } as const;

export const createTag = rpc('rpc.conversations.create-tag.v1', CreateTag, TagView, byAdmins);
export const updateTag = rpc('rpc.conversations.update-tag.v1', UpdateTag, TagView, byAdmins);
export const listTags = rpc('rpc.conversations.list-tags.v1', ListTags, TagList, { callers: ['agent', 'system'] });
