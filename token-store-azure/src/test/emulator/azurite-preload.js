// Loaded into Azurite before its own code. Tells the port that was chosen when port 0 was asked for, and turns
// the end of stdin and SIGTERM into an orderly stop: Azurite saves its tables on SIGINT only, and nobody outlives
// the JVM whose pipe stdin is.
'use strict';

const net = require('net');

const servers = [];
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  servers.push(this);
  this.once('listening', () => {
    const address = this.address();
    if (address && typeof address === 'object') {
      process.stdout.write(`AZURITE_PORT=${address.port}\n`);
    }
  });
  return listen.apply(this, args);
};

let stopping = false;
function stop() {
  if (!stopping) {
    stopping = true;
    process.emit('SIGINT');
  }
}

process.stdin.on('end', stop);
process.stdin.on('close', stop);
process.stdin.resume();
process.on('SIGTERM', stop);
process.on('SIGINT', () => {
  stopping = true;
  // It would wait for idle connections, and for a stdin that stays open, otherwise.
  servers.forEach((server) => server.closeAllConnections && server.closeAllConnections());
  process.stdin.destroy();
});
