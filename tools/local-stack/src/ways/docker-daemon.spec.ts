import { daemonAddresses } from './docker-daemon.js';

describe('where a Docker daemon may be', () => {
  it('is what DOCKER_HOST says', () => {
    expect(daemonAddresses({ DOCKER_HOST: 'unix:///run/other.sock' })).toEqual([{ socketPath: '/run/other.sock' }]);
    expect(daemonAddresses({ DOCKER_HOST: 'tcp://127.0.0.1:2376' })).toEqual([{ host: '127.0.0.1', port: 2376 }]);
  });

  it.each(['tcp://build.example:2375', 'not a url'])('is nowhere on this machine with DOCKER_HOST=%s', (DOCKER_HOST) => {
    expect(daemonAddresses({ DOCKER_HOST })).toEqual([]);
  });

  it('is at the usual sockets otherwise, the one without root included', () => {
    expect(daemonAddresses({ XDG_RUNTIME_DIR: '/run/user/7' })).toEqual(
      expect.arrayContaining([{ socketPath: '/var/run/docker.sock' }, { socketPath: '/run/user/7/docker.sock' }]),
    );
  });
});
