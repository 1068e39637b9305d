import { startMongoContainer } from '../parts/mongo-container.js';
import { startNatsContainer } from '../parts/nats-container.js';
import { daemonAnswers } from './docker-daemon.js';
import type { Start, Way } from './resolve.js';

export const natsInDocker = (environment: NodeJS.ProcessEnv): Way => way(startNatsContainer, environment);

export const mongoInDocker = (environment: NodeJS.ProcessEnv): Way => way(startMongoContainer, environment);

function way(start: Start, environment: NodeJS.ProcessEnv): Way {
  return {
    via: 'docker',
    advice: 'start Docker',
    find: async () => ((await daemonAnswers(environment)) ? start : { because: 'no daemon answers on this machine' }),
  };
}
