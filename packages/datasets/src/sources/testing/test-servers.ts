import { afterEach } from 'vitest';
import { type Answer, startServer, type TestServer } from './test-server';

/** Starts servers in the tests of the file that calls this; each is closed after its test. */
export function testServers(): (answer: Answer) => Promise<TestServer> {
  const servers: TestServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
  return async (answer) => {
    const server = await startServer(answer);
    servers.push(server);
    return server;
  };
}
