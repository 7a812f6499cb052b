import { createServer } from 'node:net';
import { Problem } from './problem.mjs';

const host = '127.0.0.1';

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export const findFreePort = () => listenOnce(0);

/** Throws a Problem that names a way out when somebody listens on the port already. */
export async function requireFreePort(port) {
  try {
    await listenOnce(port);
  } catch (error) {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    const why = error.code === 'EACCES' ? 'may not be used by this user' : 'is taken by another program';
    throw new Problem(`port ${port} of ${host} ${why}. Choose another one: npm start -- --port ${port + 1}`);
  }
}

function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}
