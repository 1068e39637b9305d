import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { GatewayConfig } from '../config.js';
import { FileLinks } from './file-links.js';
import { Intake } from './intake.js';
import { MediaWorkers } from './media-workers.js';
import { OggVoices } from './ogg-voices.js';
import { Removals } from './removals.js';
import { SentFiles } from './sent-files.js';
import { ServedFiles } from './served-files.js';
import { FileStore } from './store/file-store.js';
import { openFileStore } from './store/open-file-store.js';
import { Thumbnails } from './thumbnails.js';
import { UnsentLimits } from './unsent-limits.js';
import { VoiceRecordings } from './voice-recordings.js';
import { Uploads } from './uploads.js';

/** Files in and out, for whoever may: who that is, agents' and visitors' parts find out by themselves. */
@Global()
@Module({})
export class FilesModule implements OnApplicationShutdown {
  constructor(private readonly store: FileStore) {}

  static with(service: string, config: GatewayConfig): DynamicModule {
    return {
      module: FilesModule,
      providers: [
        { provide: GatewayConfig, useValue: config },
        { provide: FileStore, inject: [getConnectionToken()], useFactory: (connection: Connection) => openFileStore(config, connection) },
        Uploads,
        UnsentLimits,
        Intake,
        MediaWorkers,
        VoiceRecordings,
        Thumbnails,
        OggVoices,
        ServedFiles,
        FileLinks,
        SentFiles,
        Removals,
      ],
      exports: [FileStore, Uploads, Intake, Thumbnails, OggVoices, ServedFiles, FileLinks, SentFiles, Removals],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.store.close();
  }
}
