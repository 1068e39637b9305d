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
  @IsName(80) name: string;
  @Optional() @IsColor() color?: string;
}

export class ListTags extends PageRequest {}

export class TagList {
  @IsNestedList(() => TagView) items: TagView[];
  @Nullable() @IsString() nextCursor: string | null;
}


export const createTag = rpc('rpc.conversations.create-tag.v1', CreateTag, TagView, { callers: ['agent', 'system'], roles: ['admin'] });
export const listTags = rpc('rpc.conversations.list-tags.v1', ListTags, TagList, { callers: ['agent', 'system'] });
