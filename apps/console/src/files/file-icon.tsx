import { IconFile, IconFileText, IconFileZip, IconMicrophone, IconMusic, IconPhoto, IconSheet, IconVideo } from '../ui/icons';
import { kindOf } from './kind';

interface Props {
  readonly mediaType: string;
  readonly voice?: unknown;
  readonly size?: number;
}

const documents: readonly (readonly [RegExp, typeof IconFile])[] = [
  [/zip|compressed|x-tar|gzip/, IconFileZip],
  [/spreadsheet|excel|csv/, IconSheet],
  [/pdf|text|word|document/, IconFileText],
];

const ofKind = { photo: IconPhoto, voice: IconMicrophone, audio: IconMusic, video: IconVideo } as const;

export function FileIcon({ mediaType, voice, size = 20 }: Props) {
  const kind = kindOf({ mediaType, voice });
  const Icon = kind === 'file' ? (documents.find(([form]) => form.test(mediaType))?.[1] ?? IconFile) : ofKind[kind];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
